"""`POST /users/export/ids`."""

import pytest


def ids(answer):
    return [user.get("external_id") for user in answer.json()["users"]]


def test_a_profile_is_exported(braze):
    answer = braze.post("/users/export/ids", {"external_ids": ["ada"]})
    assert answer.status_code == 200
    (user,) = answer.json()["users"]
    assert answer.json() == {"message": "success", "users": [user]}
    assert len(user.pop("braze_id")) == 24
    assert user.pop("created_at")
    assert user == {
        "external_id": "ada",
        "first_name": "Ada",
        "email": "ada@example.com",
        "custom_attributes": {"visits": 3},
    }


def test_unknown_ids_are_listed(braze):
    answer = braze.post("/users/export/ids", {"external_ids": ["ada", "bob", "cleo"]})
    assert ids(answer) == ["ada"]
    assert answer.json()["invalid_user_ids"] == ["bob", "cleo"]


def test_a_profile_is_exported_once(braze):
    body = {"external_ids": ["ada", "ada"], "email_address": "ada@example.com"}
    assert ids(braze.post("/users/export/ids", body)) == ["ada"]


def test_every_identifier_finds_its_profiles(braze):
    alias = {"alias_name": "Bob", "alias_label": "crm"}
    braze.track({"user_alias": alias, "_update_existing_only": False, "first_name": "Bob"})
    braze.track({"external_id": "twin", "email": "ada@example.com", "phone": "+4930"})
    braze_id = braze.sandbox.profile("ada")["braze_id"]
    export = "/users/export/ids"
    assert braze.post(export, {"user_aliases": [alias]}).json()["users"][0]["first_name"] == "Bob"
    assert ids(braze.post(export, {"braze_id": braze_id})) == ["ada"]
    assert ids(braze.post(export, {"phone": "+4930"})) == ["twin"]
    assert ids(braze.post(export, {"email_address": "ada@example.com"})) == ["ada", "twin"]


def test_only_the_fields_asked_for_are_exported(braze):
    body = {"external_ids": ["ada"], "fields_to_export": ["first_name", "phone"]}
    answer = braze.post("/users/export/ids", body)
    assert answer.json()["users"] == [{"first_name": "Ada"}]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"external_ids": []},
        {"external_ids": "ada"},
        {"external_ids": [1]},
        {"user_aliases": ["ada"]},
        {"external_ids": ["ada"], "fields_to_export": "first_name"},
        {"external_ids": ["ada"] * 51},
        {"email_address": 5},
    ],
)
def test_a_body_that_names_nobody_is_refused(braze, body):
    answer = braze.post("/users/export/ids", body)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_fifty_ids_are_taken(braze):
    assert braze.post("/users/export/ids", {"external_ids": ["ada"] * 50}).status_code == 200
