"""What a person types into a field, as the value Liquid reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.ui.entries import FORMS, MISSING, Entry, change_form, entry_of, read, whole

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("value", "kind", "form"),
    [
        (4, "number", "number"),
        ("4", "number", "text"),
        (2.5, "text", "number"),
        (True, "number", "boolean"),
        ("2026-11-23", "date", "date"),
        ("2026-11-23", "text", "text"),
        ("2026-02-30", "date", "text"),
        ("2026-11-23T09:30:00Z", "date", "date and time"),
        ("yesterday", "date", "text"),
        (["red"], "text", "list"),
        ([{"sku": "a"}], "list of objects", "list"),
        ({"sku": "a"}, "object", "object"),
        ("", "number", "blank"),
        (None, "number", "null"),
        (MISSING, "number", "missing"),
    ],
)
def test_the_values_own_type_decides_its_form(value, kind, form):
    assert entry_of(value, kind).form == form


@given(JSON)
def test_a_value_goes_through_unchanged(value):
    assert entry_of(value).given == value
    assert type(entry_of(value).given) is type(value)


@pytest.mark.parametrize(
    ("form", "typed", "value"),
    [
        ("text", " 4 ", " 4 "),
        ("number", "4", 4),
        ("number", " 4.0 ", 4.0),
        ("number", "-1e3", -1000.0),
        ("boolean", "True", True),
        ("boolean", "false", False),
        ("date", "2026-11-23", "2026-11-23"),
        ("date and time", "2026-11-23T09:30:00Z", "2026-11-23T09:30:00Z"),
        ("list", '["red", 2]', ["red", 2]),
        ("list", "red, light blue,", ["red", "light blue"]),
        ("list", "", []),
        ("object", '{"a": 1}', {"a": 1}),
    ],
)
def test_typed_text_is_read_as_its_form(form, typed, value):
    entry = read(form, typed, Entry("text", ""))
    assert (entry.given, type(entry.given), entry.problem) == (value, type(value), "")


@pytest.mark.parametrize(
    ("form", "typed", "says"),
    [
        ("number", "four", "not a number"),
        ("number", "NaN", "not a number"),
        ("number", "1e999", "not a number"),
        ("boolean", "yes", "neither true nor false"),
        ("date", "23.11.2026", "not a date"),
        ("date", "2026-11-31", "not a date"),
        ("date and time", "noon", "not a date and time"),
        ("list", '["red"', "not a list"),
        ("object", "[1]", "not an object"),
        ("object", '{"a": }', "not an object"),
    ],
)
def test_what_cannot_be_read_keeps_the_value_and_says_what_to_write(form, typed, says):
    before = read(form, {"number": "7", "boolean": "true", "date": "2026-11-23",
                         "date and time": "2026-11-23T09:30:00Z", "list": "a",
                         "object": '{"a": 1}'}[form], Entry("text", ""))  # fmt: skip
    entry = read(form, typed, before)
    assert entry.given == before.given
    assert entry.text == typed
    assert says in entry.problem


@pytest.mark.parametrize(
    ("value", "form", "becomes"),
    [
        (4, "text", "4"),
        ("4", "number", 4),
        ("four", "number", 0),
        ("true", "boolean", True),
        ("red", "list", ["red"]),
        (["red"], "text", '["red"]'),
        (4, "null", None),
        (4, "blank", ""),
        (4, "missing", MISSING),
        ("x", "date", ""),
    ],
)
def test_another_form_carries_over_what_it_can(value, form, becomes):
    assert change_form(entry_of(value), form).given == becomes


@given(JSON, st.sampled_from(FORMS))
def test_any_entry_can_take_any_form(value, form):
    entry = change_form(entry_of(value), form)
    assert entry.form == form
    assert not entry.problem


@pytest.mark.parametrize("absent", ["null", "missing"])
def test_a_value_comes_back_after_it_was_left_out(absent):
    left_out = change_form(entry_of(["red"]), absent)
    assert left_out.text == ""
    assert change_form(left_out, "list").given == ["red"]


@pytest.mark.parametrize(("typed", "number"), [(3.0, 3), (3.5, 3.5), (1e300, 1e300)])
def test_a_whole_number_stays_whole(typed, number):
    assert (whole(typed), type(whole(typed))) == (number, type(number))
