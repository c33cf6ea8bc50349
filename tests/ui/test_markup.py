"""HTML in which everything from outside is escaped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.ui.markup import (
    Markup,
    block,
    element,
    excerpt,
    folded,
    join,
    sentence,
    table,
    with_code,
)

HOSTILE = "<img src=x onerror=\"alert('1')\">&"


@pytest.mark.parametrize(
    "made",
    [
        element("p", HOSTILE),
        element("p", "x", title=HOSTILE),
        join([HOSTILE, HOSTILE], between=HOSTILE),
        sentence(HOSTILE, "error"),
        block(HOSTILE),
        excerpt(f"{HOSTILE}\n^"),
        with_code(f"`{HOSTILE}`"),
        folded(HOSTILE, HOSTILE),
        table([HOSTILE], [[HOSTILE]], caption=HOSTILE),
    ],
)
def test_nothing_from_outside_becomes_a_tag(made):
    assert "<img" not in made
    assert "&lt;img" in made
    assert isinstance(made, Markup)


@given(st.text())
def test_an_element_holds_only_the_tags_that_were_asked_for(text):
    assert re.findall(r"<[^>]*>", element("p", text)) == ["<p>", "</p>"]


def test_an_error_says_so_in_words():
    assert ">Error: <" in sentence("The key was refused.", "error")
    assert 'role="alert"' in sentence("The key was refused.", "error", role="alert")


def test_quoted_liquid_is_set_as_code():
    assert "<code>}}</code>" in sentence("Add `}}`.", "error")


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("short line", 3, "short line\n  ^"),
        ("a" * 50 + "HERE" + "b" * 50, 51, "a" * 10 + "HERE" + "b" * 6 + "\n" + " " * 10 + "^"),
        ("a" * 100 + "HERE", 101, "a" * 16 + "HERE\n" + " " * 16 + "^"),
    ],
)
def test_an_excerpt_is_cut_around_its_caret(line, column, shown):
    cut = excerpt(f"{line}\n{' ' * (column - 1)}^", width=20)
    assert shown in cut


def test_no_sentence_is_made_of_nothing():
    assert sentence("", "error") == ""


def test_folded_can_start_open():
    assert folded("More", "x", is_open=True) == (
        '<details class="b2b-folded" open><summary>More</summary>x</details>'
    )


def test_half_a_character_does_not_stop_the_page():
    """JSON may hold a lone surrogate, which cannot be sent to the browser."""
    assert element("td", "a\ud800b") == "<td>a?b</td>"
    assert sentence("a\ud800b").encode()
