"""All filters together: the table that describes them, and that none breaks in an odd way."""

import inspect

import pytest
from applying import apply, run
from hypothesis import given, settings
from hypothesis import strategies as st
from liquid import Environment
from liquid.exceptions import LiquidError

from b2bkit.liquid.filters import FILTERS, SUPPORTED, register
from b2bkit.liquid.printing import to_text

DOCUMENTED_AS_MISSING = {
    "find_index",
    "money_with_currency",
    "money_without_currency",
    "lstrip",
    "rstrip",
    "camelize",
    "handleize",
    "pluralize",
    "highlight",
    "format_address",
}


def test_the_table_names_every_filter_there_is_and_says_no_to_the_others():
    assert set(FILTERS) == {name for name, info in SUPPORTED.items() if info.support != "no"}
    assert {name for name in DOCUMENTED_AS_MISSING if SUPPORTED[name].support == "no"} == (
        DOCUMENTED_AS_MISSING
    )


@pytest.mark.parametrize("info", SUPPORTED.values(), ids=lambda info: info.name)
def test_every_row_of_the_table_is_complete(info):
    assert SUPPORTED[info.name] is info
    assert (info.instead != "") == (info.support == "no")
    if info.support == "reference" or info.verified == "assumed":
        assert info.uncertain != ""
    for sentence in filter(None, (info.uncertain, info.instead)):
        assert sentence.endswith(".")


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_says_what_it_does(name):
    assert (inspect.getdoc(FILTERS[name]) or "").splitlines()[0].endswith((".", "`."))


def test_registering_takes_away_what_python_liquid_brings():
    env = Environment()
    assert "escapejs" in env.filters
    register(env)
    assert env.filters == FILTERS


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS | st.sampled_from(["now", "2026-01-31T10:00Z", "America/New_York", "12.5", "-3", "%F"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def most_arguments(name):
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = inspect.signature(FILTERS[name]).parameters.values()
    return len([parameter for parameter in parameters if parameter.kind is positional]) - 1


def fewest_arguments(name):
    parameters = inspect.signature(FILTERS[name]).parameters.values()
    plain = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    return len([each for each in plain if each.default is each.empty]) - 1


@pytest.mark.parametrize("name", sorted(FILTERS))
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_filter_gives_a_value_that_prints_or_raises_an_error_of_liquid(name, data):
    count = data.draw(st.integers(fewest_arguments(name), most_arguments(name)))
    value, *arguments = data.draw(st.lists(VALUES, min_size=count + 1, max_size=count + 1))
    before = repr((value, arguments))
    try:
        result = apply(name, value, *arguments, in_run=run(noting=True))
    except LiquidError:
        return
    assert isinstance(to_text(result), str)
    assert repr((value, arguments)) == before  # what it was given is as it was
