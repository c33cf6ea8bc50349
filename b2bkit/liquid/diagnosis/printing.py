"""Whole lists and objects in an output, where the text itself shows that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.liquid.diagnosis.conditions import LOOPS
from b2bkit.liquid.diagnosis.operands import LOCAL, operand, uses
from b2bkit.liquid.diagnosis.rule import Found, Rule
from b2bkit.liquid.namespaces import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.operands import Applied, Key
    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word

_OBJECTS: frozenset[Key] = frozenset({(STANDARD, "most_recent_location")})
_ANY_VALUE_HAS = ("size",)
_OF_LISTS = ("first", "last")
_FILTERS_OF_LISTS = frozenset({"join", "map", "where", "compact", "concat", "uniq"})
DEEPEST = 20
"""Steps of a path that are told from one another."""

_PARTS = "Print its parts, or use `join` or `as_json_string`."


def _printed(reading: Reading) -> Iterator[Found]:
    evident = _evident(reading)
    for markup in reading.markups:
        words = reading.words(markup)
        if markup.name not in ("", "echo") or (value := operand(words)) is None or value.rest:
            continue
        if _is_whole(value.key, value.filters, evident) or reading.kinds.of(value).kind == "list":
            what = evident.get(value.key, "list") if not value.filters else "list"
            yield Found(
                markup.sheet,
                words[0].at,
                f"A whole {what} is printed; in which form Braze does so is not documented.",
                _PARTS,
            )


def _is_whole(key: Key, filters: tuple[Applied, ...], evident: dict[Key, str]) -> bool:
    return not filters and key in evident


def _evident(reading: Reading) -> dict[Key, str]:
    """Gather what is a list or an object, by how it is used somewhere in the text."""
    evident = dict.fromkeys(_OBJECTS, "object")
    for markup in reading.markups:
        words = reading.words(markup)
        if markup.name in LOOPS:
            evident.update(dict.fromkeys(_looped(words), "list"))
        for _, key, filters in uses(words):
            evident.update(_opened(key))
            if filters and filters[0].name in _FILTERS_OF_LISTS:
                evident[key] = "list"
    return {key: kind for key, kind in evident.items() if _is_steady(key, reading)}


def _looped(words: tuple[Word, ...]) -> Iterator[Key]:
    """Yield what a loop runs over."""
    if len(words) > 2 and words[1].text == "in" and (value := operand(words[2:])) and value.key:
        yield value.key


def _opened(key: Key) -> Iterator[tuple[Key, str]]:
    """Yield what a path goes through, with what that makes it."""
    head = 2
    for end in range(head, min(len(key), DEEPEST)):
        step = key[end]
        if step in _ANY_VALUE_HAS:
            continue
        is_list = isinstance(step, int) or step in _OF_LISTS
        yield key[:end], "list" if is_list else "object"


def _is_steady(key: Key, reading: Reading) -> bool:
    """Tell whether a key means the same thing everywhere: a name may be set in two places."""
    if key[0] != LOCAL:
        return True
    return not reading.kinds.sets(str(key[1])) or reading.kinds.sets_once(str(key[1]))


RULES = (
    Rule(
        "whole-value-printed",
        "warning",
        "A whole list or object in an output",
        RUBY_LIQUID,
        _printed,
    ),
)
