"""Chosen names stand in for placeholders: as whole words, in one pass, and only usable ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.use_cases import UseCaseError, use_case
from b2bkit.use_cases.names import filled, renamed


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("your_name", "tea"),
        ('"your_name": "${your_name}"', '"tea": "${tea}"'),
        ("your_name_2 my_your_name", "your_name_2 my_your_name"),
        ("your_name.your_name-your_name", "tea.tea-tea"),
        ("YOUR_NAME", "YOUR_NAME"),
    ],
)
def test_whole_words_only(text, becomes):
    assert filled(text, {"your_name": "tea"}) == becomes


def test_a_name_may_be_anothers_placeholder():
    """One pass: what was put in is not replaced again."""
    assert filled("a b", {"a": "b", "b": "a"}) == "b a"


def test_a_name_is_no_pattern():
    assert filled("a", {"a": r"\1 \g<0>"}) == r"\1 \g<0>"


def test_names_of_tables_and_values():
    names = {"a": "x"}
    assert filled({"a": ["a", {"a": 1}]}, names) == {"x": ["x", {"x": 1}]}
    assert renamed({"a": ["a", {"a": 1}]}, names) == {"x": ["a", {"x": 1}]}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a}b", "holds a closing brace"),
        ("a{b", "holds an opening brace"),
        ('a"b', "holds a quote"),
        ("a'b", "holds a quote"),
        ("a\\b", "holds a backslash"),
        ("a\nb", "holds a line break"),
        ("a\rb", "holds a line break"),
        ("a\tb", "holds a control character"),
        ("a\x00b", "holds a control character"),
        ("a\u2028b", "holds a control character"),
        ("", "is blank"),
        ("  ", "is blank"),
        (3, "must be a text"),
    ],
)
def test_a_name_that_cannot_be_used(name, reason):
    with pytest.raises(UseCaseError, match=f"The name for your_attribute_count {reason}"):
        use_case("counter", your_attribute_count=name)


@given(st.text(min_size=1))
def test_any_name_that_is_taken_works(name):
    """Whatever a person types is refused, or arrives in the JSON as typed."""
    try:
        case = use_case("counter", your_attribute_count=name)
    except UseCaseError:
        return
    (sent,) = case.webhook.render(case.sample).json["attributes"]
    assert sent == {"external_id": "ada", name.strip(): {"inc": 1}}
