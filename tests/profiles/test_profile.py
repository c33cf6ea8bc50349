"""A profile and its shape in an export."""

import pytest

from b2bkit.profiles import Profile, Tally

ADA = Profile(
    braze_id="5fbd99bac125ca40511f2cb1",
    external_id="ada",
    aliases={"crm": "A-1"},
    attributes={
        "first_name": "Ada",
        "email": "ada@example.com",
        "current_location": {"longitude": 13.4, "latitude": 52.5},
    },
    custom_attributes={"visits": 3, "vip": False, "tags": ["a"]},
    custom_events={"viewed": Tally(2, "2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z")},
    purchases={"tea": Tally(1, "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z")},
    total_revenue=2.5,
    created_at="2026-01-01T00:00:00.000Z",
)


def test_an_export_has_brazes_shape():
    assert ADA.export() == {
        "external_id": "ada",
        "user_aliases": [{"alias_name": "A-1", "alias_label": "crm"}],
        "braze_id": "5fbd99bac125ca40511f2cb1",
        "created_at": "2026-01-01T00:00:00.000Z",
        "email": "ada@example.com",
        "first_name": "Ada",
        "last_coordinates": [13.4, 52.5],
        "total_revenue": 2.5,
        "custom_attributes": {"visits": 3, "vip": False, "tags": ["a"]},
        "custom_events": [
            {
                "name": "viewed",
                "first": "2026-01-01T00:00:00.000Z",
                "last": "2026-02-01T00:00:00.000Z",
                "count": 2,
            }
        ],
        "purchases": [
            {
                "name": "tea",
                "first": "2026-01-01T00:00:00.000Z",
                "last": "2026-01-01T00:00:00.000Z",
                "count": 1,
            }
        ],
    }


def test_an_export_is_read_back():
    assert Profile.from_export(ADA.export()) == ADA


def test_an_export_leaves_out_what_is_empty():
    assert Profile(external_id="ada").export() == {"external_id": "ada"}


def test_null_in_an_export_is_nothing():
    read = Profile.from_export(
        {"external_id": "a", "email": None, "custom_attributes": {"x": None}}
    )
    assert read == Profile(external_id="a")


def test_any_standard_attribute_of_the_api_is_read():
    read = Profile.from_export({"external_id": "a", "subscription_groups": []})
    assert read.attributes == {"subscription_groups": []}


@pytest.mark.parametrize(
    ("exported", "part"),
    [
        ({"external_id": 7}, "external_id"),
        ({"custom_attributes": ["x"]}, "custom_attributes"),
        ({"custom_events": {"viewed": 1}}, "custom_events"),
        ({"user_aliases": ["crm"]}, "user_aliases"),
        ({"total_revenue": "much"}, "total_revenue"),
        ({"custom_events": [{"name": "viewed", "count": "twice"}]}, "count"),
        ({"email": 5}, "email"),
        ({"subscription_groups": ["news"]}, "subscription_groups"),
        ({"current_location": "Berlin"}, "current_location"),
        ({"last_coordinates": ["a", "b"]}, "current_location"),
        ({"date_of_first_session": 5}, "date_of_first_session"),
        ({"facebook": "ada"}, "facebook"),
        ({"push_tokens": [{"app": "x"}]}, "push_tokens"),
    ],
)
def test_what_is_no_export_is_refused_by_name(exported, part):
    with pytest.raises(ValueError, match=part):
        Profile.from_export(exported)


def test_a_tally_keeps_first_and_last():
    tally = Tally(1, "2026-02-01", "2026-02-01").plus("2026-01-01").plus("2026-03-01", 3)
    assert tally == Tally(5, "2026-01-01", "2026-03-01")
