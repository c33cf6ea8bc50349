"""Identify, merge, alias and delete."""

import pytest

from b2bkit.braze import answers

ALIAS = {"alias_name": "visitor", "alias_label": "web"}
OLD = {"external_id": "old"}
ADA = {"external_id": "ada"}


@pytest.fixture
def visitor(braze):
    """An anonymous profile with an alias, an attribute and an event."""
    who = {"user_alias": ALIAS}
    braze.track(
        {**who, "_update_existing_only": False, "seen": 1},
        events=[{**who, "name": "viewed", "time": "2026-01-01"}],
    )
    return braze


def names(braze):
    return [profile["external_id"] for profile in braze.sandbox.profiles()]


def custom(profile):
    return {name: each["value"] for name, each in profile["custom_attributes"].items()}


def reasons(braze):
    return [each["reason"] for each in braze.sandbox.log[-1]["dropped"]]


class TestIdentify:
    def identify(self, braze, external_id, **item):
        item = item or {"user_alias": ALIAS}
        body = {"aliases_to_identify": [{"external_id": external_id, **item}]}
        return braze.post("/users/identify", body)

    def test_an_unknown_external_id_is_given_to_the_profile(self, visitor):
        answer = self.identify(visitor, "new")
        assert answer.status_code == 201
        assert answer.json() == {"message": "success", "aliases_processed": 1}
        assert custom(visitor.sandbox.profile("new")) == {"seen": 1}

    def test_a_known_external_id_takes_the_profile_in(self, visitor):
        self.identify(visitor, "ada")
        ada = visitor.sandbox.profile("ada")
        assert names(visitor) == ["ada"]
        assert custom(ada) == {"visits": 3, "seen": 1}
        assert ada["aliases"] == [ALIAS]
        assert [event["name"] for event in ada["events"]] == ["viewed"]

    def test_success_says_nothing_about_a_match(self, visitor):
        other_case = {**ALIAS, "alias_name": "Visitor"}
        answer = self.identify(visitor, "new", user_alias=other_case)
        assert answer.json()["message"] == "success"
        assert visitor.sandbox.profile("new") is None
        assert len(reasons(visitor)) == 1

    def test_an_identified_profile_is_left_alone(self, visitor):
        self.identify(visitor, "new")
        self.identify(visitor, "newer")
        assert names(visitor) == ["ada", "new"]
        assert reasons(visitor) == ["the profile has an external id already"]

    def test_an_email_address_is_identified_by_its_prioritization(self, braze):
        braze.track({"email": "bob@example.com", "x": 1})
        item = {
            "external_id": "bob",
            "email": "bob@example.com",
            "prioritization": ["unidentified", "most_recently_updated"],
        }
        answer = braze.post("/users/identify", {"emails_to_identify": [item]})
        assert answer.status_code == 201
        assert custom(braze.sandbox.profile("bob")) == {"x": 1}

    def test_unsound_items_do_not_keep_the_others_back(self, visitor):
        both = ["most_recently_updated", "least_recently_updated"]
        body = {
            "aliases_to_identify": [
                {"external_id": "new", "user_alias": ALIAS},
                {"external_id": "new"},
            ],
            "emails_to_identify": [{"external_id": "x", "email": "x@y.z", "prioritization": both}],
        }
        answer = visitor.post("/users/identify", body)
        assert answer.json() == {
            "message": "success",
            "aliases_processed": 1,
            "errors": [
                {
                    "type": "'user_alias' is not valid",
                    "input_array": "aliases_to_identify",
                    "index": 1,
                },
                {
                    "type": answers.BOTH_PRIORITIES.text,
                    "input_array": "emails_to_identify",
                    "index": 0,
                },
            ],
        }

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"aliases_to_identify": []},
            {"aliases_to_identify": {}},
            {"aliases_to_identify": [{"user_alias": ALIAS}]},
            {"aliases_to_identify": [{"external_id": "x", "user_alias": ALIAS}] * 51},
            {"emails_to_identify": [{"external_id": "x", "email": "x@y.z"}]},
        ],
    )
    def test_a_body_of_which_nothing_is_sound_is_refused(self, braze, body):
        assert braze.post("/users/identify", body).status_code == 400


class TestMerge:
    def merge(self, braze, merged, kept):
        update = {"identifier_to_merge": merged, "identifier_to_keep": kept}
        return braze.post("/users/merge", {"merge_updates": [update]})

    def test_one_profile_goes_into_the_other(self, braze):
        braze.track({**OLD, "phone": "+4930", "visits": 1, "x": 2})
        answer = self.merge(braze, OLD, ADA)
        assert (answer.status_code, answer.json()) == (202, {"message": "success"})
        assert names(braze) == ["ada"]
        ada = braze.sandbox.profile("ada")
        assert custom(ada) == {"visits": 3, "x": 2}
        assert ada["attributes"]["phone"] == "+4930"

    def test_aliases_and_email_addresses_are_understood(self, visitor):
        by_email = {"email": "ada@example.com", "prioritization": ["identified"]}
        assert self.merge(visitor, {"user_alias": ALIAS}, by_email).status_code == 202
        assert custom(visitor.sandbox.profile("ada")) == {"visits": 3, "seen": 1}

    @pytest.mark.parametrize(
        ("merged", "kept", "reason"),
        [
            ({"external_id": "nobody"}, ADA, "no profile"),
            (ADA, {"external_id": "nobody"}, "no profile"),
            (ADA, ADA, "same profile"),
        ],
    )
    def test_what_cannot_be_merged_is_in_the_log_only(self, braze, merged, kept, reason):
        assert self.merge(braze, merged, kept).status_code == 202
        assert names(braze) == ["ada"]
        assert reason in reasons(braze)[0]

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ({}, "'merge_updates' must be an array of objects"),
            ({"merge_updates": {}}, "'merge_updates' must be an array of objects"),
            ({"merge_updates": ["x"]}, "'merge_updates' must be an array of objects"),
            (
                {"merge_updates": [{}] * 51},
                "a single request may not contain more than 50 merge updates",
            ),
            (
                {"merge_updates": [{"identifier_to_merge": ADA}]},
                "'merge_updates' must only have 'identifier_to_merge' and 'identifier_to_keep'",
            ),
            (
                {"merge_updates": [{"identifier_to_merge": {}, "identifier_to_keep": ADA}]},
                answers.MERGE_IDENTIFIERS.text,
            ),
        ],
    )
    def test_brazes_words_refuse_it(self, braze, body, message):
        answer = braze.post("/users/merge", body)
        assert (answer.status_code, answer.json()) == (400, {"message": message})


class TestAliases:
    def test_a_new_alias_makes_an_anonymous_profile(self, braze):
        answer = braze.post("/users/alias/new", {"user_aliases": [ALIAS]})
        assert answer.status_code == 201
        assert answer.json() == {"message": "success", "aliases_processed": 1}
        assert braze.sandbox.profiles()[1]["aliases"] == [ALIAS]

    def test_with_an_external_id_it_is_added_to_that_user(self, braze):
        braze.post("/users/alias/new", {"user_aliases": [{**ALIAS, **ADA}]})
        assert braze.sandbox.profile("ada")["aliases"] == [ALIAS]

    def test_an_unknown_external_id_gets_nothing(self, braze):
        braze.post("/users/alias/new", {"user_aliases": [{**ALIAS, **OLD}]})
        assert names(braze) == ["ada"]
        assert reasons(braze) == ["no such profile"]

    def test_a_user_has_one_alias_per_label(self, braze):
        second = {**ALIAS, "alias_name": "second"}
        body = {"user_aliases": [{**ALIAS, **ADA}, {**second, **ADA}, ALIAS]}
        braze.post("/users/alias/new", body)
        assert braze.sandbox.profile("ada")["aliases"] == [ALIAS]
        assert reasons(braze) == [
            "the profile has an alias with this label already",
            "the alias belongs to a profile already",
        ]

    def test_an_alias_gets_another_name(self, visitor):
        update = {"alias_label": "web", "old_alias_name": "visitor", "new_alias_name": "guest"}
        assert visitor.post("/users/alias/update", {"alias_updates": [update]}).status_code == 201
        assert visitor.sandbox.profiles()[1]["aliases"][0]["alias_name"] == "guest"
        visitor.post("/users/alias/update", {"alias_updates": [update]})
        assert reasons(visitor) == ["no such profile"]

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("new", {}),
            ("new", {"user_aliases": [{"alias_name": "x"}]}),
            ("new", {"user_aliases": [{**ALIAS, "external_id": 5}]}),
            ("new", {"user_aliases": [ALIAS] * 51}),
            ("update", {}),
            ("update", {"alias_updates": [{"alias_label": "web"}]}),
        ],
    )
    def test_an_unsound_body_is_refused(self, braze, path, body):
        assert braze.post(f"/users/alias/{path}", body).status_code == 400


class TestDelete:
    def test_profiles_are_deleted(self, visitor):
        answer = visitor.post("/users/delete", {"external_ids": ["ada", "nobody"]})
        assert answer.status_code == 201
        assert answer.json() == {"deleted": 2}
        assert names(visitor) == [None]
        assert len(reasons(visitor)) == 1

    def test_every_identifier_is_understood(self, visitor):
        visitor.track({**OLD, "phone": "+4930"})
        braze_id = visitor.sandbox.profile("ada")["braze_id"]
        last = ["most_recently_updated"]
        for body in (
            {"user_aliases": [ALIAS]},
            {"braze_ids": [braze_id]},
            {"phone_numbers": [{"phone": "+4930", "prioritization": last}]},
        ):
            assert visitor.post("/users/delete", body).json() == {"deleted": 1}
        assert names(visitor) == []

    def test_a_deleted_user_comes_back_empty(self, braze):
        braze.post("/users/delete", {"external_ids": ["ada"]})
        braze.track({**ADA, "visits": 1})
        assert braze.sandbox.profile("ada")["attributes"] == {}

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"external_ids": []},
            {"external_ids": "ada"},
            {"external_ids": [5]},
            {"external_ids": ["ada"], "braze_ids": ["x"]},
            {"external_ids": ["ada"] * 51},
            {"email_addresses": ["ada@example.com"]},
            {"email_addresses": [{"email": "ada@example.com"}]},
        ],
    )
    def test_an_unsound_body_is_refused(self, braze, body):
        assert braze.post("/users/delete", body).status_code == 400
        assert names(braze) == ["ada"]
