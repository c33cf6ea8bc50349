"""The words of an output or tag, read without parsing it: whatever stands there, it is read."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bkit.liquid.markups import Markup
    from b2bkit.liquid.syntax import Reference

WordKind = Literal["reference", "name", "number", "quoted", "sign"]

_WORD = re.compile(
    r"(?P<quoted>'[^']*'|\"[^\"]*\")"
    r"|(?P<number>-?\d+(?:\.(?!\.)\d+)?)"
    r"|(?P<name>[^\W\d]\w*(?:-\w+)*\??)"
    r"|(?P<sign>\{\{-?|-?\}\}|===|==|!=|<>|<=|>=|=>|=<|&&|\|\||\.\.|\S)"
)
_OPENERS, _CLOSERS = ("{{", "{{-"), ("}}", "-}}")
MOST_WORDS = 5_000
"""Words of one output or tag that are read: nobody writes as many by hand."""

LOGIC = ("and", "or", "&&", "||")
COMPARING = ("==", "!=", "<>", "<", ">", "<=", ">=", "contains")


class Word(NamedTuple):
    """One word.

    Args:
        kind: `reference` is a whole `${...}` with its namespace; `quoted` a text with its quotes.
        text: The word as it is written.
        at: Its offset in the text.
        braces: How many inner `{{ }}` it stands in.
        brackets: How many `[ ]` it stands in.
        reference: What a `reference` refers to.
    """

    kind: WordKind
    text: str
    at: int
    braces: int = 0
    brackets: int = 0
    reference: Reference | None = None

    @property
    def end(self) -> int:
        """Give the offset behind it."""
        return self.at + len(self.text)

    def is_value(self) -> bool:
        """Tell whether a value may end with it."""
        return self.kind != "sign" or self.text in ("]", ")", *_CLOSERS)

    def starts_value(self) -> bool:
        """Tell whether a value may start with it."""
        return self.kind != "sign" or self.text in ("[", "(", *_OPENERS)


def words_of(markup: Markup) -> tuple[Word, ...]:
    """Read the words between a markup's braces, the first `MOST_WORDS` of them."""
    return tuple(_nested(islice(_plain(markup), MOST_WORDS)))


def _plain(markup: Markup) -> Iterator[Word]:
    text, at, references = markup.sheet.written, markup.inside, markup.sheet.references
    while at < markup.after:
        if reference := references.get(at):
            end = at + reference.length
            yield Word("reference", text[at:end], at, reference=reference)
            at = end
        elif found := _WORD.match(text, at, markup.after):
            yield Word(_kind(found), found[0], at)
            at = found.end()
        else:
            at += 1


def _kind(found: re.Match[str]) -> WordKind:
    if found["quoted"] is not None:
        return "quoted"
    if found["number"] is not None:
        return "number"
    return "name" if found["name"] is not None else "sign"


def _nested(words: Iterable[Word]) -> Iterator[Word]:
    braces = brackets = 0
    for word in words:
        sign = word.text if word.kind == "sign" else ""
        braces -= sign in _CLOSERS
        brackets -= sign == "]"
        yield word._replace(braces=max(0, braces), brackets=max(0, brackets))
        braces += sign in _OPENERS
        brackets += sign == "["


def clauses(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Split a condition at `and` and `or`, however they are written."""
    start = 0
    for place, word in enumerate(words):
        if word.text in LOGIC and not _is_after_dot(words, place):
            yield words[start:place]
            start = place + 1
    yield words[start:]


def _is_after_dot(words: tuple[Word, ...], place: int) -> bool:
    return place > 0 and words[place - 1].text == "."


def comparisons(
    words: tuple[Word, ...],
) -> Iterator[tuple[tuple[Word, ...], Word, tuple[Word, ...]]]:
    """Yield the comparisons in a condition: left side, sign, right side."""
    for clause in clauses(words):
        for place, word in enumerate(clause):
            if (
                word.text in COMPARING
                and word.kind != "quoted"
                and not _is_after_dot(clause, place)
            ):
                yield clause[:place], word, clause[place + 1 :]
                break
