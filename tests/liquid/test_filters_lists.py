"""The filters for arrays, in Ruby's reading of what is an array and what is equal."""

import pytest
from applying import apply, run
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.run import LimitReached, Limits

RED, BLUE, NONE = {"c": "red", "n": 2}, {"c": "blue", "n": 10}, {"n": None}


@pytest.mark.parametrize(
    ("value", "arguments", "text"),
    [
        (["a", "b"], (), "a b"),
        (["a", None, True, 2.0, {"k": 1}], ("|",), 'a||true|2.0|{"k"=>1}'),
        ([["a", ["b"]], "c"], ("-",), "a-b-c"),
        (["a", "b"], (None,), "ab"),
        (["a", "b"], (0,), "a0b"),
        (range(1, 4), ("-",), "1-2-3"),
        ("abc", ("-",), "abc"),
        ({"a": 1}, ("-",), '{"a"=>1}'),
        (7, ("-",), "7"),
        (None, ("-",), ""),
        ([], ("-",), ""),
    ],
)
def test_join(value, arguments, text):
    assert apply("join", value, *arguments) == text


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ([1, 2, 3], 1, 3),
        ([], None, None),
        (range(4, 7), 4, 6),
        ({"a": 1, "b": 2}, ["a", 1], None),
        ({}, None, None),
        ("abc", None, None),
        (12, None, None),
        (None, None, None),
    ],
)
def test_first_and_last(value, first, last):
    assert apply("first", value) == first
    assert apply("last", value) == last


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("né😀", 3),
        ([1, [2, 3]], 2),
        ({"a": 1, "b": 2}, 2),
        (range(1, 4), 3),
        (range(1, 10**30 + 1), 10**30),
        (range(5, 3), 0),
        (7, 8),
        (-7, 8),
        (2**64, 9),
        (7.5, 0),
        (True, 0),
        (None, 0),
    ],
)
def test_size(value, size):
    assert apply("size", value) == size


@pytest.mark.parametrize(
    ("name", "value", "arguments", "result"),
    [
        ("reverse", [1, [2, 3]], (), [3, 2, 1]),
        ("reverse", "abc", (), ["abc"]),
        ("reverse", range(1, 4), (), [3, 2, 1]),
        ("reverse", None, (), []),
        ("concat", [1, [2]], ([3, [4]],), [1, 2, 3, [4]]),
        ("concat", None, ([1],), [1]),
        ("concat", "a", ([1],), ["a", 1]),
        ("compact", [1, None, False, "", [None]], (), [1, False, ""]),
        ("compact", [RED, NONE], ("c",), [RED]),
        ("compact", [1.5], ("c",), None),
        ("map", [RED, NONE, BLUE], ("c",), ["red", None, "blue"]),
        ("map", [RED], (None,), [None]),
        ("map", RED, ("n",), [2]),
        ("map", [["x", RED]], ("c",), [None, "red"]),
        ("map", [1.5, None, True], ("c",), [None, None, None]),
        ("map", ["abc"], (1,), ["b"]),
        ("where", [RED, BLUE, NONE], ("c", "blue"), [BLUE]),
        ("where", [RED, BLUE, NONE], ("c",), [RED, BLUE]),
        ("where", [RED, BLUE, NONE], ("c", None), [RED, BLUE]),
        ("where", [RED, BLUE], ("n", 2.0), [RED]),
        ("where", [RED, BLUE], ("n", "2"), []),
        ("where", [{"a": True}, {"a": 1}], ("a", True), [{"a": True}]),
        ("where", [{"a": False}, {"a": 0}], ("a",), [{"a": 0}]),
        ("where", RED, ("c", "red"), [RED]),
        ("where", [RED, 1.5], ("c", "red"), None),
        ("where", None, ("c",), []),
        ("uniq", [1, 1.0, "1", 1, True, None, None], (), [1, 1.0, "1", True, None]),
        ("uniq", [{"a": 1, "b": 2}, {"b": 2, "a": 1}, {}], (), [{"a": 1, "b": 2}, {}]),
        ("uniq", [RED, dict(RED, n=3), BLUE], ("c",), [RED, BLUE]),
        ("uniq", None, (), []),
    ],
)
def test_filters_that_choose_and_look_into_items(name, value, arguments, result):
    given_back = apply(name, value, *arguments)
    assert given_back == result
    assert [type(item) for item in given_back or []] == [type(item) for item in result or []]


@pytest.mark.parametrize(("name", "value"), [("sort", 7), ("sort_natural", [7]), ("uniq", [2.5])])
def test_one_item_alone_is_not_looked_into(name, value):
    assert apply(name, value, "k") == (value if isinstance(value, list) else [value])


def test_only_sort_looks_at_all_items_before_it_looks_into_one():
    with pytest.raises(Fault, match="cannot select the property 'k'"):
        apply("where", [1, None], "k")
    assert apply("where", [None, 1], "k") is None
    assert apply("sort", [1, None], "k") is None


@pytest.mark.parametrize("name", ["map", "where", "uniq", "compact", "sort", "sort_natural"])
def test_a_property_of_a_number_is_a_fault(name):
    with pytest.raises(Fault, match="cannot select the property 'c'"):
        apply(name, [1, 2], "c")


@pytest.mark.parametrize("argument", ["a", {"a": 1}, 1, None, range(3)])
def test_concat_needs_an_array(argument):
    with pytest.raises(Fault, match="concat filter requires an array argument"):
        apply("concat", [1], argument)


@pytest.mark.parametrize(
    ("value", "result"),
    [
        (["b", "B", "a", "é", "A"], ["A", "B", "a", "b", "é"]),
        ([10, 9.5, -1], [-1, 9.5, 10]),
        ([2, None, 1, None], [1, 2, None, None]),
        (["10", "9"], ["10", "9"]),
        ([[3, 1], [2]], [1, 2, 3]),
        ([True], [True]),
        ([True, True], [True, True]),
        (range(3, 0), []),
        ("cab", ["cab"]),
        (None, []),
    ],
)
def test_sort_puts_nil_last_and_capitals_first(value, result):
    assert apply("sort", value) == result


@pytest.mark.parametrize(
    "value", [[1, "a"], [True, False], [1, True], [RED, BLUE], ["a", RED], [None, 1, "a"]]
)
def test_sort_refuses_to_mix_kinds(value):
    with pytest.raises(Fault, match="cannot sort values of incompatible types"):
        apply("sort", value)


@pytest.mark.parametrize(
    ("name", "value", "key", "result"),
    [
        ("sort", [BLUE, NONE, RED], "n", [RED, BLUE, NONE]),
        (
            "sort",
            [{"k": [2]}, {"k": [1, 9]}, {"k": [1]}],
            "k",
            [{"k": [1]}, {"k": [1, 9]}, {"k": [2]}],
        ),
        ("sort", [RED, 1.5], "c", None),
        ("sort_natural", [{"c": "b"}, {"c": "A"}, {}], "c", [{"c": "A"}, {"c": "b"}, {}]),
        ("sort_natural", ["b", "A", None, "a", "B"], None, ["A", "a", "b", "B", None]),
        ("sort_natural", [10, 9], None, [10, 9]),
        ("sort_natural", ["É", "é"], None, ["É", "é"]),
    ],
)
def test_sort_by_property_and_without_case(name, value, key, result):
    assert apply(name, value, key) == result


TIGHT = Limits(filter_result_chars=100)


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("join", range(1, 10**12), ()),
        ("reverse", range(1, 10**40), ()),
        ("join", ["x" * 60] * 2, ()),
        ("join", ["x"] * 60, ("--",)),
        ("concat", [1] * 60, ([1] * 60,)),
        ("uniq", [{"x": "y" * 60}] * 3, ()),
        ("sort_natural", ["x" * 60, "y" * 60], ()),
    ],
)
def test_what_multiplies_items_is_measured_before_it_is_made(name, value, arguments):
    with pytest.raises(LimitReached, match=r"filter_result_chars \(100\)"):
        apply(name, value, *arguments, in_run=run(TIGHT))


@pytest.mark.parametrize("name", ["map", "where", "uniq", "compact", "sort", "sort_natural"])
def test_looking_into_many_items_ends_when_the_time_is_up(name):
    with pytest.raises(LimitReached, match="seconds"):
        apply(name, [RED] * 3, "c", in_run=run(Limits(seconds=-1)))


@given(st.lists(st.integers() | st.floats(allow_nan=False)))
def test_numbers_sort_as_in_python(numbers):
    assert apply("sort", numbers) == sorted(numbers)


@given(st.lists(st.text(max_size=2)))
def test_unique_texts_keep_their_first_place(texts):
    assert apply("uniq", texts) == list(dict.fromkeys(texts))
