"""`POST /users/track`, through HTTP. What each value does is tested in `tests/profiles`."""

import pytest

EVENT = {"external_id": "ada", "name": "viewed", "time": "2026-01-01T00:00:00Z"}
PURCHASE = {
    "external_id": "ada", "product_id": "tea", "currency": "EUR", "price": 2.5, "quantity": 2,
    "time": "2026-01-01",
}  # fmt: skip
ALIAS = {"user_alias": {"alias_name": "Bob", "alias_label": "crm"}}
NO_USER = "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required"


def custom(profile):
    return {name: each["value"] for name, each in profile["custom_attributes"].items()}


def test_an_accepted_request_counts_the_arrays_that_were_sent(braze):
    answer = braze.track({"external_id": "ada", "x": 1}, {"external_id": "bob"}, events=[EVENT])
    assert answer.status_code == 201
    assert answer.json() == {"message": "success", "attributes_processed": 2, "events_processed": 1}


def test_the_profile_changes(braze):
    braze.track(
        {"external_id": "ada", "visits": {"inc": 1}, "first_name": "Ada L.", "seen": "2026-01-01"},
        events=[{**EVENT, "properties": {"page": "home"}}],
        purchases=[PURCHASE],
    )
    profile = braze.sandbox.profile("ada")
    assert profile["custom_attributes"] == {
        "visits": {"type": "number", "value": 4},
        "seen": {"type": "date", "value": "2026-01-01"},
    }
    assert profile["attributes"] == {"first_name": "Ada L.", "email": "ada@example.com"}
    assert profile["events"] == [
        {"name": "viewed", "time": "2026-01-01T00:00:00Z", "properties": {"page": "home"}}
    ]
    assert len(profile["purchases"]) == 2
    assert profile["purchases"][0]["product_id"] == "tea"


def test_refused_objects_do_not_keep_the_others_back(braze):
    answer = braze.track({"x": 1}, {"external_id": "ada", "x": 1}, events=[{**EVENT, "time": ""}])
    assert answer.status_code == 201
    assert answer.json() == {
        "message": "success",
        "attributes_processed": 1,
        "events_processed": 0,
        "errors": [
            {"type": NO_USER, "input_array": "attributes", "index": 0},
            {"type": "'time' is required", "input_array": "events", "index": 0},
        ],
    }
    assert custom(braze.sandbox.profile("ada"))["x"] == 1


def test_when_nothing_is_sound_the_request_is_refused(braze):
    answer = braze.track({"x": 1})
    assert answer.status_code == 400
    assert answer.json() == {
        "message": "Valid data must be provided in the 'attributes', 'events', or 'purchases' "
        "fields.",
        "errors": [{"type": NO_USER, "input_array": "attributes", "index": 0}],
    }


@pytest.mark.parametrize(("legacy", "status"), [(False, 400), (True, 201)])
def test_75_objects_together_or_each_on_legacy_limits(serve, legacy, status):
    braze = serve(legacy_limits=legacy)
    answer = braze.track(*[{"external_id": "ada"}] * 75, events=[EVENT])
    assert answer.status_code == status
    if status == 400:
        assert answer.json() == {"message": "Max Input Length Exceeded"}


class TestWhoIsMeant:
    def test_an_unknown_external_id_creates_a_profile(self, braze):
        braze.track({"external_id": "bob", "x": 1})
        assert custom(braze.sandbox.profile("bob")) == {"x": 1}

    def test_update_existing_only_creates_none(self, braze):
        answer = braze.track({"external_id": "bob", "x": 1, "_update_existing_only": True})
        assert answer.json() == {"message": "success", "attributes_processed": 1}
        assert braze.sandbox.profile("bob") is None
        assert braze.sandbox.log[-1]["dropped"] == [
            {
                "input_array": "attributes",
                "index": 0,
                "attribute": None,
                "reason": "no such profile, and the object creates none",
            }
        ]

    def test_an_unknown_alias_creates_one_only_when_told_to(self, braze):
        braze.track({**ALIAS, "x": 1})
        assert len(braze.sandbox.profiles()) == 1
        braze.track({**ALIAS, "x": 1, "_update_existing_only": False})
        assert braze.sandbox.profiles()[1]["aliases"] == [ALIAS["user_alias"]]

    def test_a_known_alias_is_found_in_its_case(self, braze):
        braze.track({**ALIAS, "_update_existing_only": False})
        braze.track({**ALIAS, "x": 1})
        braze.track({"user_alias": {"alias_name": "bob", "alias_label": "crm"}, "y": 1})
        assert custom(braze.sandbox.profiles()[1]) == {"x": 1}

    def test_a_braze_id_is_found_and_never_creates(self, braze):
        braze.track({"braze_id": braze.sandbox.profile("ada")["braze_id"], "x": 1})
        braze.track({"braze_id": "0" * 24, "x": 2})
        assert custom(braze.sandbox.profile("ada"))["x"] == 1
        assert len(braze.sandbox.profiles()) == 1

    def test_an_email_address_finds_its_profile(self, braze):
        braze.track({"email": "ADA@example.com", "x": 1})
        assert custom(braze.sandbox.profile("ada"))["x"] == 1

    def test_an_unknown_email_address_makes_a_profile_of_its_own(self, braze):
        braze.track({"email": "bob@example.com", "x": 1})
        bob = braze.sandbox.profiles()[1]
        assert (bob["external_id"], bob["aliases"]) == (None, [])
        assert bob["attributes"] == {"email": "bob@example.com"}

    def test_of_several_the_last_updated_with_an_external_id_is_meant(self, braze):
        same = {"email": "ada@example.com"}
        braze.track({"external_id": "ada2", **same}, {"external_id": "ada3", **same})
        braze.track({"external_id": "ada2", "y": 1})
        braze.track({**same, "x": 1})
        assert custom(braze.sandbox.profile("ada2")) == {"y": 1, "x": 1}
        assert custom(braze.sandbox.profile("ada3")) == {}

    def test_an_unknown_external_id_with_a_known_email_makes_a_duplicate(self, braze):
        braze.track({"external_id": "new", "email": "ada@example.com", "x": 1})
        assert len(braze.sandbox.profiles()) == 2
        assert custom(braze.sandbox.profile("new")) == {"x": 1}

    def test_a_phone_number_finds_its_profile(self, braze):
        braze.track({"external_id": "ada", "phone": "+4930123456"})
        braze.track({"phone": "+4930123456", "x": 1})
        assert custom(braze.sandbox.profile("ada"))["x"] == 1

    def test_an_imported_push_token_makes_an_anonymous_profile_once(self, braze):
        token = {"push_token_import": True, "push_tokens": [{"app_id": "app", "token": "t1"}]}
        braze.track({**token, "x": 1})
        braze.track({**token, "x": 2})
        assert len(braze.sandbox.profiles()) == 2
        assert custom(braze.sandbox.profiles()[1]) == {"x": 1}


def test_a_subscription_state_reaches_all_profiles_with_the_address(braze):
    braze.track({"external_id": "twin", "email": "ada@example.com"})
    braze.track({"external_id": "ada", "email_subscribe": "unsubscribed"})
    assert braze.sandbox.profile("twin")["attributes"]["email_subscribe"] == "unsubscribed"


class TestTypes:
    def test_the_first_value_sets_the_type_for_all(self, braze):
        braze.track({"external_id": "bob", "score": "1"})
        answer = braze.track({"external_id": "ada", "score": 1})
        assert answer.json() == {"message": "success", "attributes_processed": 1}
        assert "score" not in braze.sandbox.profile("ada")["custom_attributes"]
        assert braze.sandbox.log[-1]["dropped"][0]["attribute"] == "score"

    def test_a_seeded_value_sets_it_too(self, braze):
        braze.track({"external_id": "ada", "visits": "4"})
        assert custom(braze.sandbox.profile("ada")) == {"visits": 3}

    def test_a_text_attribute_stays_text(self, braze):
        braze.track({"external_id": "bob", "note": "hello"})
        braze.track({"external_id": "ada", "note": "2026-01-01"})
        note = braze.sandbox.profile("ada")["custom_attributes"]["note"]
        assert note == {"type": "text", "value": "2026-01-01"}

    def test_the_type_outlives_the_value(self, braze):
        braze.track({"external_id": "ada", "visits": None})
        braze.track({"external_id": "ada", "visits": "4"})
        assert custom(braze.sandbox.profile("ada")) == {}


def test_what_is_dropped_is_in_the_log_although_the_answer_was_201(braze):
    answer = braze.track({"external_id": "ada", "x": "x" * 256}, {"external_id": "ada", "y": 1})
    assert answer.json() == {"message": "success", "attributes_processed": 2}
    entry = braze.sandbox.log[-1]
    assert (entry["status"], entry["applied"]) == (201, 2)
    assert entry["dropped"] == [
        {
            "input_array": "attributes",
            "index": 0,
            "attribute": "x",
            "reason": "the text is longer than 255 characters",
        }
    ]
