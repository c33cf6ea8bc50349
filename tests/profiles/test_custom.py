"""What a value does to a custom attribute: one rule a row."""

import pytest

from b2bkit.profiles import AttributeTypes, drops
from b2bkit.profiles.arrays import NOT_AN_UPDATE, NOT_FLAT
from b2bkit.profiles.custom import (
    NAME_IS_RESERVED,
    NOT_A_COUNTER,
    NOT_AN_ARRAY,
    NOT_AN_OBJECT_ARRAY,
    NOT_WHOLE,
    change_custom,
)
from b2bkit.profiles.objects import BAD_OPERATOR, NO_MATCH, NOT_OBJECTS

GUS = {"id": 1, "type": "dog", "name": "Gus"}
GERALD = {"id": 2, "type": "cat", "name": "Gerald"}


def select(key, value, **more):
    return {"$identifier_key": key, "$identifier_value": value, **more}


@pytest.mark.parametrize(
    ("before", "value", "after", "type_after", "rule"),
    [
        # set
        (None, "tea", "tea", "text", "set"),
        (None, "", "", "text", "set"),
        (None, "null", "null", "text", "set"),
        (None, "x" * 255, "x" * 255, "text", "set"),
        (None, 7, 7, "number", "set"),
        (None, 0, 0, "number", "set"),
        (None, 1.5, 1.5, "number", "set"),
        (None, False, False, "boolean", "set"),
        (None, "2026-03-26", "2026-03-26", "date", "set"),
        (None, "Mar 26 2026 06:12 PM", "Mar 26 2026 06:12 PM", "text", "set"),
        (None, ["a", "b"], ["a", "b"], "array", "set"),
        (None, [], [], "array", "set"),
        (None, {"a": {"b": [1, "x"]}}, {"a": {"b": [1, "x"]}}, "object", "set"),
        (None, {}, {}, "object", "set"),
        (None, [GUS], [GUS], "object_array", "set"),
        ("tea", "coffee", "coffee", "text", "set"),
        # a date that Braze cannot read, and a text that it can
        ("2026-03-26", "soon", "soon", "text", "set"),
        # remove
        ("tea", None, None, None, "remove"),
        (None, None, None, None, "remove"),
        # inc
        (3, {"inc": 1}, 4, "number", "increment"),
        (3, {"inc": -5}, -2, "number", "increment"),
        (None, {"inc": 2}, 2, "number", "increment"),
        (3, {"inc": 0}, 3, "number", "increment"),
        # arrays hold each value once, last come last
        (None, ["hotdog", "hotdog", "pizza"], ["hotdog", "pizza"], "array", "set"),
        (None, [1, True, "1", 1], [True, "1", 1], "array", "set"),
        (["a", "b"], {"add": ["c"]}, ["a", "b", "c"], "array", "array"),
        (["a", "b"], {"add": ["a"]}, ["b", "a"], "array", "array"),
        (["a", "b"], {"remove": ["a", "z"]}, ["b"], "array", "array"),
        (["a", "b"], {"add": ["c"], "remove": ["a"]}, ["b", "c"], "array", "array"),
        (["a"], {"remove": ["a"]}, [], "array", "array"),
        (None, {"add": ["a"]}, ["a"], "array", "array"),
        (None, {"remove": ["a"]}, None, None, "array"),
        # a full array that is added to loses its oldest
        ([*range(500)], {"add": [500]}, [*range(1, 501)], "array", "array"),
        # objects are overwritten
        ({"a": 1, "b": 2}, {"b": 3}, {"b": 3}, "object", "set"),
        # arrays of objects
        ([GUS], {"$add": [GERALD]}, [GUS, GERALD], "object_array", "array of objects"),
        (None, {"$add": [GUS]}, [GUS], "object_array", "array of objects"),
        ([GUS, GERALD], {"$remove": [select("id", 1)]}, [GERALD], "object_array",
         "array of objects"),
        ([GUS, GERALD], {"$remove": [select("type", "dog"), select("id", 9)]}, [GERALD],
         "object_array", "array of objects"),
        ([GUS], {"$update": [select("id", 1, **{"$new_object": {"name": "Gustav"}})]},
         [{"name": "Gustav"}], "object_array", "array of objects"),
        # $add first, then $remove: no upsert in one go
        ([GUS], {"$remove": [select("id", 1)], "$add": [GUS]}, [], "array", "array of objects"),
        (None, {"$remove": [select("id", 1)]}, None, None, "array of objects"),
    ],
)  # fmt: skip
def test_a_value_is_applied(before, value, after, type_after, rule):
    change = change_custom("x", before, value)
    assert (change.after, change.type_after, change.rule) == (after, type_after, rule)
    assert change.dropped is None
    assert change.before == before


@pytest.mark.parametrize(
    ("before", "value", "reason"),
    [
        ("tea", "x" * 256, drops.TEXT_TOO_LONG),
        (1.0, float("inf"), drops.NOT_FINITE),
        # inc
        (3, {"inc": 1.5}, NOT_WHOLE),
        (3, {"inc": "1"}, NOT_WHOLE),
        (3, {"inc": True}, NOT_WHOLE),
        (3, {"inc": None}, NOT_WHOLE),
        ("3", {"inc": 1}, NOT_A_COUNTER),
        (1.5, {"inc": 1}, NOT_A_COUNTER),
        (True, {"inc": 1}, NOT_A_COUNTER),
        # arrays
        (["a"], [*range(501)], drops.TOO_MANY_ELEMENTS),
        (["a"], ["a", ["b"]], NOT_FLAT),
        (["a"], ["a", None], NOT_FLAT),
        (["a"], ["a", GUS], NOT_FLAT),
        (["a"], ["x" * 256], drops.TEXT_TOO_LONG),
        (["a"], [f"{n:0>255}" for n in range(400)], drops.TOO_LARGE),
        (["a"], {"add": "b"}, NOT_AN_UPDATE),
        (["a"], {"add": ["b"], "remove": None}, NOT_AN_UPDATE),
        (["a"], {"add": [["b"]]}, NOT_FLAT),
        ("a", {"add": ["b"]}, NOT_AN_ARRAY),
        ([GUS], {"add": ["b"]}, NOT_AN_ARRAY),
        # nested values
        ({"a": 1}, {"b": None}, drops.NESTED_NULL),
        ({"a": 1}, {"b": {"c": [1, None]}}, drops.NESTED_NULL),
        ({"a": 1}, {"b": {"$time": "soon"}}, drops.NESTED_DATE),
        ({"a": 1}, {"b": {"$time": None}}, drops.NESTED_DATE),
        ({"a": 1}, {"b": {"$time": "3001-01-01"}}, drops.NESTED_DATE),
        ({"a": 1}, {"b": {"$time": "2026-03-26", "c": 1}}, drops.NESTED_DATE),
        ({"a": 1}, {"$time": "2026-03-26"}, drops.BARE_TIME),
        ({"a": 1}, {"b c": 1}, drops.NESTED_KEY),
        ({"a": 1}, {"b.c": 1}, drops.NESTED_KEY),
        ({"a": 1}, {"$b": 1}, drops.NESTED_KEY),
        ({"a": 1}, {"": 1}, drops.NESTED_KEY),
        ({"a": 1}, {"b" * 256: 1}, drops.NESTED_KEY),
        ({"a": 1}, {"b": "x" * 256}, drops.TEXT_TOO_LONG),
        ({"a": 1}, {f"k{n}": "x" * 255 for n in range(400)}, drops.TOO_LARGE),
        ([GUS], [GUS, "Gerald"], NOT_OBJECTS),
        ([GUS], [{"name": None}], drops.NESTED_NULL),
        ([GUS], {"$add": [{"name": None}]}, drops.NESTED_NULL),
        ([GUS], {"$add": GERALD}, BAD_OPERATOR),
        ([GUS], {"$add": ["Gerald"]}, BAD_OPERATOR),
        ([GUS], {"$remove": [{"$identifier_key": "id"}]}, BAD_OPERATOR),
        ([GUS], {"$update": [select("id", 1)]}, BAD_OPERATOR),
        ([GUS], {"$update": [select("id", 1, **{"$new_object": {"a": None}})]}, drops.NESTED_NULL),
        ([GUS], {"$update": [select("id", 9, **{"$new_object": {}})]}, NO_MATCH),
        ([{"id": True}], {"$update": [select("id", 1, **{"$new_object": {}})]}, NO_MATCH),
        (None, {"$update": [select("id", 1, **{"$new_object": {}})]}, NO_MATCH),
        (["a"], {"$add": [GUS]}, NOT_AN_OBJECT_ARRAY),
        ([GUS, "a"], {"$add": [GUS]}, NOT_AN_OBJECT_ARRAY),
        ([["a"]], {"add": ["b"]}, NOT_AN_ARRAY),
        ("a", {"$add": [GUS]}, NOT_AN_OBJECT_ARRAY),
        ([{"t": "x" * 250} for _ in range(385)], {"$add": [GUS] * 40}, drops.TOO_LARGE),
    ],
)  # fmt: skip
def test_a_value_is_left_out(before, value, reason):
    change = change_custom("x", before, value)
    assert change.dropped == reason.reason
    assert change.after == before
    assert change.type_after == change.type_before


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", drops.NAME_BLANK),
        ("   ", drops.NAME_BLANK),
        ("n" * 256, drops.NAME_TOO_LONG),
        (" email ", NAME_IS_RESERVED),
        (" external_id", NAME_IS_RESERVED),
    ],
)
def test_a_name_that_cannot_be_stored(name, reason):
    assert change_custom(name, None, 1).dropped == reason.reason


def test_blanks_around_a_name_are_cut_off():
    assert change_custom(" visits ", 1, {"inc": 1}) == ("visits", 1, 2, "number", "number",
                                                        "increment", None)  # fmt: skip


@pytest.mark.parametrize("name", ["First_name", "EMAIL", "Country"])
def test_a_reserved_name_in_another_case_is_a_custom_attribute(name):
    assert change_custom(name, None, "x").after == "x"


class TestMerge:
    """`_merge_objects: true`."""

    def test_objects_are_merged_deeply(self):
        change = change_custom(
            "x", {"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"c": 4}, "e": [5]}, merge=True
        )
        assert change.after == {"a": {"b": 1, "c": 4}, "d": 3, "e": [5]}
        assert change.rule == "merge"

    def test_a_date_is_replaced_not_merged(self):
        change = change_custom("x", {"a": {"b": 1}}, {"a": {"$time": "2026-03-26"}}, merge=True)
        assert change.after == {"a": {"$time": "2026-03-26"}}

    def test_an_invalid_part_drops_the_whole(self):
        change = change_custom("x", {"a": 1}, {"b": 2, "c": None}, merge=True)
        assert change.after == {"a": 1}

    def test_what_grows_too_large_is_dropped(self):
        before = {f"k{n}": "x" * 255 for n in range(300)}
        change = change_custom("x", before, {f"m{n}": "x" * 255 for n in range(100)}, merge=True)
        assert change.dropped == drops.TOO_LARGE.reason
        assert change.after == before

    def test_an_update_in_an_array_of_objects_keeps_the_other_keys(self):
        update = {"$update": [select("id", 1, **{"$new_object": {"name": "Gustav"}})]}
        change = change_custom("x", [GUS, GERALD], update, merge=True)
        assert change.after == [{**GUS, "name": "Gustav"}, GERALD]

    def test_without_an_object_before_it_is_set(self):
        assert change_custom("x", None, {"a": 1}, merge=True).after == {"a": 1}


class TestTypes:
    """The workspace's type of an attribute: the first value's, or forced."""

    @pytest.mark.parametrize(
        ("known", "value", "found"),
        [
            ("number", "5", "text"),
            ("text", 5, "number"),
            ("boolean", "true", "text"),
            ("boolean", 1, "number"),
            ("date", 5, "number"),
            ("number", "2026-03-26", "date"),
            ("array", "a", "text"),
            ("array", [GUS], "object_array"),
            ("object", [GUS], "object_array"),
            ("text", {"a": 1}, "object"),
        ],
    )
    def test_a_misfit_of_a_detected_type_is_left_out(self, known, value, found):
        change = change_custom("x", None, value, AttributeTypes({"x": known}))
        assert change.after is None
        assert change.dropped == f"the attribute is of type {known}, the value of type {found}"

    def test_without_a_workspace_the_value_before_decides(self):
        assert change_custom("x", 5, "6").after == 5

    @pytest.mark.parametrize(
        ("known", "value", "type_after"),
        [
            ("text", "2026-03-26", "text"),
            ("date", "soon", "text"),
            ("date", "2026-03-26", "date"),
            ("object_array", [], "object_array"),
        ],
    )
    def test_texts_and_dates_get_along(self, known, value, type_after):
        change = change_custom("x", None, value, AttributeTypes({"x": known}))
        assert (change.after, change.type_after) == (value, type_after)

    @pytest.mark.parametrize(
        ("forced", "value", "after"),
        [
            ("number", "100", 100),
            ("number", "-1.5", -1.5),
            ("number", "1e3", 1000.0),
            ("boolean", "TRUE", True),
            ("boolean", "t", True),
            ("boolean", "0", False),
            ("boolean", 1, True),
            ("text", 5, "5"),
            ("text", True, "true"),
            ("text", "2026-03-26", "2026-03-26"),
        ],
    )
    def test_a_forced_type_coerces_what_it_can(self, forced, value, after):
        types = AttributeTypes({"x": forced}, frozenset({"x"}))
        change = change_custom("x", None, value, types)
        assert (change.after, type(change.after)) == (after, type(after))
        assert change.type_after == forced

    @pytest.mark.parametrize(
        ("forced", "value"),
        [
            ("number", "many"),
            ("number", "1_000"),
            ("number", "１００"),
            ("number", "1e999"),
            ("number", True),
            ("boolean", "yes"),
            ("boolean", 2),
            ("date", "soon"),
            ("date", 5),
            ("array", "a"),
            ("object", [GUS]),
        ],
    )
    def test_a_forced_type_ignores_the_rest(self, forced, value):
        types = AttributeTypes({"x": forced}, frozenset({"x"}))
        assert change_custom("x", None, value, types).after is None
