"""The body of a `/users/track` request, as a whole."""

import copy
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.braze import answers
from b2bkit.profiles import (
    NO_TYPES,
    AttributeTypes,
    Dropped,
    Event,
    Identifier,
    Profile,
    Purchase,
    Refusal,
    Tally,
    TrackLimits,
    apply_attributes,
    apply_item,
    check_body,
    rule_for,
    type_of,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ADA = {"external_id": "ada"}
EVENT = {**ADA, "name": "viewed", "time": "2026-11-01T10:00:00+01:00"}
PURCHASE = {**ADA, "product_id": "tea", "currency": "USD", "price": 2.5, "time": "2026-11-01"}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
attribute_values = json_values | st.sampled_from(
    [
        {"inc": 1},
        {"add": ["a"], "remove": ["b"]},
        {"$add": [{"id": 1}]},
        {"$update": [{"$identifier_key": "id", "$identifier_value": 1, "$new_object": {"a": 1}}]},
        [{"id": 1}],
        "2026-03-26",
    ]
)


def apply(profile, body, types=NO_TYPES):
    changes = None
    for item in check_body(body).items:
        done = apply_item(profile, item, NOW, types)
        changes = changes.then(done) if changes else done
        profile = changes.after
    return changes


class TestChecking:
    def test_sound_objects_come_out_in_the_order_of_processing(self):
        checked = check_body({"purchases": [PURCHASE], "events": [EVENT], "attributes": [ADA, ADA]})
        assert [(item.input_array, item.index) for item in checked.items] == [
            ("attributes", 0),
            ("attributes", 1),
            ("events", 0),
            ("purchases", 0),
        ]
        assert {item.identifier for item in checked.items} == {Identifier("external_id", "ada")}
        assert (checked.fatal, checked.refusals) == (None, ())

    def test_unsound_objects_are_refused_with_array_and_index(self):
        checked = check_body({"attributes": [ADA, {"x": 1}], "events": [{**EVENT, "time": None}]})
        assert checked.fatal is None
        assert checked.refusals == (
            Refusal(answers.IDENTIFIER_REQUIRED.text, "attributes", 1),
            Refusal("'time' is required", "events", 0),
        )
        assert [checked.count(name) for name in checked.sent] == [1, 0]

    @pytest.mark.parametrize(
        "body",
        [None, [], "x", 5, {}, {"attributes": []}, {"attributes": None}, {"users": [ADA]}],
    )
    def test_a_body_without_objects_is_refused(self, body):
        assert check_body(body).fatal == answers.NO_VALID_DATA

    def test_a_body_of_which_nothing_is_sound_is_refused_and_says_why(self):
        checked = check_body({"attributes": [{"x": 1}]})
        assert checked.fatal == answers.NO_VALID_DATA
        assert checked.refusals == (Refusal(answers.IDENTIFIER_REQUIRED.text, "attributes", 0),)

    @pytest.mark.parametrize("value", [{}, "x", 5, ADA])
    def test_an_array_must_be_one(self, value):
        assert check_body({"events": value}).fatal == answers.must_be_array("events")

    @pytest.mark.parametrize("item", [None, "ada", 5, []])
    def test_an_item_must_be_an_object(self, item):
        checked = check_body({"attributes": [ADA, item]})
        assert checked.refusals == (
            Refusal("items of 'attributes' must be objects", "attributes", 1),
        )

    @pytest.mark.parametrize(
        ("attributes", "events", "limits", "fatal"),
        [
            (75, 0, TrackLimits(), None),
            (50, 25, TrackLimits(), None),
            (76, 0, TrackLimits(), answers.MAX_INPUT_LENGTH),
            (50, 26, TrackLimits(), answers.MAX_INPUT_LENGTH),
            (75, 75, TrackLimits(together=None, each=75), None),
            (76, 0, TrackLimits(together=None, each=75), answers.MAX_INPUT_LENGTH),
            (1000, 0, TrackLimits(together=1000), None),
        ],
    )
    def test_so_many_objects_and_no_more(self, attributes, events, limits, fatal):
        body = {"attributes": [ADA] * attributes, "events": [EVENT] * events}
        assert check_body(body, limits).fatal == fatal


class TestApplying:
    def test_attributes_events_and_purchases_reach_the_profile(self):
        changes = apply(
            Profile(external_id="ada", custom_attributes={"visits": 1}),
            {
                "attributes": [{**ADA, "visits": {"inc": 1}, "first_name": "Ada", "gone": None}],
                "events": [EVENT, EVENT],
                "purchases": [{**PURCHASE, "quantity": 2}],
            },
        )
        assert changes.after == Profile(
            external_id="ada",
            attributes={"first_name": "Ada"},
            custom_attributes={"visits": 2},
            custom_events={
                "viewed": Tally(2, "2026-11-01T09:00:00.000Z", "2026-11-01T09:00:00.000Z")
            },
            purchases={"tea": Tally(2, "2026-11-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z")},
            total_revenue=5.0,
        )
        assert changes.events == (Event("viewed", EVENT["time"]),) * 2
        assert changes.purchases == (Purchase("tea", "USD", 2.5, "2026-11-01"),) * 2
        assert [change.attribute for change in changes.attributes] == [
            "visits",
            "first_name",
            "gone",
        ]

    def test_what_is_left_out_is_listed(self):
        changes = apply(Profile(), {"attributes": [{**ADA, "x": "x" * 256, "y": 1}]})
        assert changes.dropped == (Dropped("x", "the text is longer than 255 characters"),)
        assert changes.after.custom_attributes == {"y": 1}

    def test_the_first_value_teaches_the_type(self):
        assert apply(Profile(), {"attributes": [{**ADA, "x": "5", "first_name": "Ada"}]}).types == {
            "x": "text"
        }

    def test_a_known_type_is_not_learned_again(self):
        types = AttributeTypes({"x": "text"})
        assert apply(Profile(), {"attributes": [{**ADA, "x": "5"}]}, types).types == {}

    def test_control_keys_set_nothing(self):
        changes = apply(
            Profile(), {"attributes": [{**ADA, "_update_existing_only": True, "app_id": "a"}]}
        )
        assert changes.after == Profile()

    def test_revenue_is_counted_in_dollars_only(self):
        changes = apply(Profile(), {"purchases": [{**PURCHASE, "currency": "EUR"}]})
        assert changes.after.total_revenue == 0


@settings(deadline=None)
@given(st.dictionaries(st.text(), attribute_values), st.dictionaries(st.text(), json_values))
def test_no_object_makes_the_rules_fail_or_change_a_profile_in_place(attributes, custom):
    custom = {name: value for name, value in custom.items() if value is not None}
    profile = Profile(external_id="ada", custom_attributes=custom)
    before = copy.deepcopy(profile)
    changes = apply_attributes(profile, attributes)
    assert profile == before
    assert changes.before == before
    for change in changes.attributes:
        assert change.dropped is None or change.after == change.before


@settings(deadline=None)
@given(json_values)
def test_no_body_makes_the_check_fail(body):
    check_body(body)
    check_body({"attributes": [body], "events": [body], "purchases": [body]})


@settings(deadline=None)
@given(attribute_values.filter(lambda value: value is not None))
def test_the_rule_of_a_column_says_what_applying_says(value):
    """`rule_for`, resolved once, agrees with applying to an empty profile (operators aside)."""
    is_operator = isinstance(value, dict) and value.keys() & {"inc", "add", "remove"}
    if is_operator or (isinstance(value, dict) and any(key[:1] == "$" for key in value)):
        return
    rule = rule_for("x", type_of(value))
    problem = rule(value) if rule else None
    (change,) = apply_attributes(Profile(), {"x": value}).attributes
    assert change.dropped == (problem.reason if problem else None)


@pytest.mark.parametrize(
    ("name", "type_", "value", "found"),
    [
        ("visits", "boolean", None, None),
        ("seen", "date", None, None),
        ("email", "text", "ada", answers.BAD_EMAIL),
        ("email", "text", "ada@example.com", None),
    ],
)
def test_a_rule_that_cannot_fire_is_none(name, type_, value, found):
    rule = rule_for(name, type_)
    assert (rule(value) if rule else None) == found


def test_a_name_that_cannot_be_stored_is_found_once_for_the_column():
    assert rule_for("x" * 256, "number")(5).reason == "the name is longer than 255 characters"
