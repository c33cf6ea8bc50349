"""A value as it is written: where it comes from, and the filters it goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.words import Word

Key = tuple[str | int, ...]
"""Where a value is: a namespace (blank for a plain name, `attributes` ...), names and positions."""

LOCAL = ""
UNKNOWN = "?"
"""A step of a path that is itself a variable."""

_LONGEST_PLACE = 20
"""Digits: no list has as many items, and Python reads no number of thousands."""

FARTHEST = 200
"""Words from the start of a value that are looked at for its path and filters."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter in use.

    Args:
        name: Its name.
        argument: The first word of its first argument; `None` where it has none.
    """

    name: str
    argument: Word | None


@dataclass(frozen=True, slots=True)
class Operand:
    """A value as it is written.

    Args:
        word: The word it starts with, behind braces.
        key: Where it is; empty for a literal or what is neither.
        filters: What it goes through, in order.
        rest: The words behind it.
    """

    word: Word
    key: Key
    filters: tuple[Applied, ...]
    rest: tuple[Word, ...]


def operand(words: tuple[Word, ...]) -> Operand | None:
    """Read the value that some words start with; `None` where there is none."""
    place = next((i for i, word in enumerate(words) if not word.text.startswith("{{")), len(words))
    if place == len(words) or words[place].text in ("}}", "-}}"):
        return None
    start = words[place]
    key, place = _key(words, place)
    filters: list[Applied] = []
    while place < len(words) and words[place].text in ("|", "}}", "-}}"):
        if words[place].text == "|":
            applied, place = _applied(words, place)
            filters.append(applied)
        else:
            place += 1
    return Operand(start, key, tuple(filters), words[place:])


def uses(words: tuple[Word, ...]) -> Iterator[tuple[Word, Key, tuple[Applied, ...]]]:
    """Yield each place a value is read in some words, and the filters right behind it."""
    place = 0
    while place < len(words):
        word = words[place]
        if word.kind == "reference" or (word.kind == "name" and not _is_filter(words, place)):
            found = operand(words[place : place + FARTHEST])
            if found and found.key:
                yield word, found.key, found.filters
            _, place = _key(words, place)
        else:
            place += 1


def _is_filter(words: tuple[Word, ...], place: int) -> bool:
    return place > 0 and words[place - 1].text == "|"


def _applied(words: tuple[Word, ...], place: int) -> tuple[Applied, int]:
    """Read the filter behind a `|`; its arguments end at the next one or at closing braces."""
    depth = words[place].braces
    name = words[place + 1].text if place + 1 < len(words) else ""
    end = place + 2
    while end < len(words) and not _ends_filter(words[end], depth):
        end += 1
    argument = words[place + 3] if end > place + 3 else None
    return Applied(name, argument), end


def _ends_filter(word: Word, depth: int) -> bool:
    closes = word.text in ("}}", "-}}") and word.braces < depth
    return closes or (word.text == "|" and word.braces <= depth)


def _key(words: tuple[Word, ...], place: int) -> tuple[Key, int]:
    """Read a name and the path behind it; a literal has no key."""
    word = words[place]
    place += 1
    if word.kind == "reference" and word.reference:
        head: Key = (*word.reference.field, *word.reference.path[1:])
    elif word.kind == "name":
        head = (LOCAL, word.text)
    else:
        return (), place
    path: list[str | int] = []
    while place + 1 < len(words):
        if words[place].text == "." and words[place + 1].kind == "name":
            path.append(words[place + 1].text)
            place += 2
        elif words[place].text == "[":
            path.append(_bracketed(words[place + 1]))
            place = _behind_bracket(words, place)
        else:
            break
    return (*head, *path), place


def _bracketed(word: Word) -> str | int:
    if word.kind == "quoted":
        return word.text[1:-1]
    is_place = word.kind == "number" and "." not in word.text and len(word.text) < _LONGEST_PLACE
    return int(word.text) if is_place else UNKNOWN


def _behind_bracket(words: tuple[Word, ...], place: int) -> int:
    depth = words[place].brackets
    for end in range(place + 1, len(words)):
        if words[end].text == "]" and words[end].brackets == depth:
            return end + 1
    return len(words)
