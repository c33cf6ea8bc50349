"""Braze's own profile fields."""

import pytest

from b2bkit.braze import answers
from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.profiles import check_object, drops
from b2bkit.profiles import standard as rules
from b2bkit.profiles.standard import change_standard

HERE = {"longitude": 13.4, "latitude": 52.5}
NEWS = {"subscription_group_id": "news", "subscription_state": "subscribed"}
TOKEN = {"app_id": "app", "token": "t1"}


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("first_name", "O'Neil", "O'Neil"),
        ("last_name", "", ""),
        ("home_city", "x" * 255, "x" * 255),
        ("phone", "0171 555", "0171 555"),
        ("email", "ada@example.com", "ada@example.com"),
        ("country", "DE", "DE"),
        ("country", "us", "US"),
        ("language", "en", "en"),
        ("gender", "P", "P"),
        ("dob", "1815-12-10", "1815-12-10"),
        ("time_zone", "Europe/Berlin", "Europe/Berlin"),
        ("email_subscribe", "opted_in", "opted_in"),
        ("push_subscribe", "unsubscribed", "unsubscribed"),
        ("current_location", HERE, HERE),
        ("date_of_first_session", "2026-03-26T12:00:00Z", "2026-03-26T12:00:00Z"),
        ("email_open_tracking_disabled", True, True),
        ("facebook", {"id": "1", "likes": ["tea"]}, {"id": "1", "likes": ["tea"]}),
        ("twitter", {"id": 1, "screen_name": "ada"}, {"id": 1, "screen_name": "ada"}),
        ("subscription_groups", [NEWS], [NEWS]),
        ("push_tokens", [TOKEN], [TOKEN]),
    ],
)
def test_a_field_takes_its_values(name, value, stored):
    change = change_standard(name, None, value)
    assert (change.after, change.dropped) == (stored, None)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("first_name", 5, rules.NOT_TEXT),
        ("first_name", "x" * 256, drops.TEXT_TOO_LONG),
        ("language", "English", rules.NOT_A_LANGUAGE),
        ("language", "en-US", rules.NOT_A_LANGUAGE),
        ("gender", "female", rules.NOT_A_CHOICE),
        ("gender", "f", rules.NOT_A_CHOICE),
        ("dob", "12/10/1815", rules.NOT_A_DAY),
        ("dob", "1815-02-30", rules.NOT_A_DAY),
        ("time_zone", "Berlin", rules.NOT_A_TIME_ZONE),
        ("time_zone", "../etc/passwd", rules.NOT_A_TIME_ZONE),
        ("time_zone", "\0", rules.NOT_A_TIME_ZONE),
        ("time_zone", "", rules.NOT_A_TIME_ZONE),
        ("date_of_last_session", "yesterday", rules.NOT_A_DATE),
        ("email_click_tracking_disabled", "true", rules.NOT_A_BOOLEAN),
        ("facebook", {"name": "ada"}, rules.NOT_AN_OBJECT),
        ("alias_name", "ada", rules.IS_AN_IDENTIFIER),
    ],
)
def test_a_field_ignores_other_values(name, value, reason):
    change = change_standard(name, "before", value)
    assert (change.after, change.dropped) == ("before", reason.reason)


@pytest.mark.parametrize("value", ["Germany", "XX", "", 5])
def test_an_unknown_country_becomes_null(value):
    change = change_standard("country", "DE", value)
    assert (change.after, change.dropped) == (None, rules.NOT_A_COUNTRY.reason)


@pytest.mark.parametrize("name", sorted(RESERVED_FIELDS))
def test_null_removes_a_field(name):
    assert change_standard(name, "x", None).after is None


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ({"email": "ada"}, answers.BAD_EMAIL),
        ({"email": ""}, answers.BAD_EMAIL),
        ({"email": "ada@localhost"}, answers.BAD_EMAIL),
        ({"email": "a b@example.com"}, answers.BAD_EMAIL),
        ({"email": 5}, answers.BAD_EMAIL),
        ({"email_subscribe": "yes"}, answers.BAD_EMAIL_SUBSCRIPTION_STATE),
        ({"email_subscribe": ["opted_in"]}, answers.BAD_EMAIL_SUBSCRIPTION_STATE),
        ({"push_subscribe": "Subscribed"}, answers.BAD_PUSH_SUBSCRIPTION_STATE),
        ({"current_location": "Berlin"}, answers.BAD_LOCATION_UPDATE),
        ({"current_location": {"longitude": 13.4}}, answers.BAD_LOCATION_UPDATE),
        ({"current_location": {**HERE, "latitude": 91}}, answers.BAD_LOCATION_UPDATE),
        ({"current_location": {**HERE, "latitude": "52"}}, answers.BAD_LOCATION_UPDATE),
        ({"current_location": {**HERE, "latitude": True}}, answers.BAD_LOCATION_UPDATE),
        ({"push_tokens": "t1"}, answers.BAD_PUSH_TOKEN_VALUE),
        ({"push_tokens": ["t1"]}, answers.BAD_PUSH_TOKEN_VALUE),
        ({"push_tokens": [{"token": "t1"}]}, answers.BAD_PUSH_TOKEN_APP_ID),
        ({"push_tokens": [{"app_id": "app", "token": 1}]}, answers.BAD_PUSH_TOKEN_STRING),
        ({"push_tokens": [{**TOKEN, "device_id": "short"}]}, answers.BAD_DEVICE_ID),
        ({"subscription_groups": NEWS}, answers.BAD_SUBSCRIPTION_GROUP_ARRAY),
        ({"subscription_groups": ["news"]}, answers.BAD_SUBSCRIPTION_GROUP_HASH),
        ({"subscription_groups": [{}]}, answers.BAD_SUBSCRIPTION_GROUP_ID),
        ({"subscription_groups": [{**NEWS, "subscription_state": "opted_in"}]},
         answers.BAD_SUBSCRIPTION_GROUP_STATE),
    ],
)  # fmt: skip
def test_a_field_gets_its_object_refused(field, answer):
    assert check_object("attributes", {"external_id": "ada", **field}) == answer


def test_a_refusing_field_may_be_null():
    found = check_object("attributes", {"external_id": "ada", "email": None})
    assert found.kind == "external_id"


def test_subscription_groups_are_kept_by_their_id():
    out = {**NEWS, "subscription_state": "unsubscribed"}
    shoes = {**NEWS, "subscription_group_id": "shoes"}
    change = change_standard("subscription_groups", [NEWS, shoes], [out])
    assert change.after == [out, shoes]
