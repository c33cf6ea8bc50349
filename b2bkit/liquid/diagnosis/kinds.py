"""What the local variables of a text hold, as far as the text itself leaves no doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from b2bkit.liquid.diagnosis.operands import LOCAL, Key, Operand, operand
from b2bkit.liquid.tags.catalogs import VARIABLE as CATALOG_ITEMS
from b2bkit.liquid.tags.connected_content import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.operands import Applied
    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word

Kind = Literal["number", "text", "list"]

NUMBERS = frozenset(
    {"plus", "minus", "times", "divided_by", "modulo", "abs", "ceil", "floor", "round"}
    | {"at_least", "at_most", "size"}
)
LISTS = frozenset({"split", "map", "where", "concat", "compact", "uniq", "sort", "sort_natural"})
TEXTS = frozenset(
    {"append", "prepend", "upcase", "downcase", "capitalize", "strip", "strip_html"}
    | {"strip_newlines", "replace", "replace_first", "remove", "remove_first", "escape"}
    | {"newline_to_br", "truncate", "truncatewords", "join", "date", "money"}
    | {"number_with_delimiter", "json_escape", "as_json_string", "url_encode", "url_escape"}
    | {"url_param_escape", "base64", "base64_encode", "md5", "sha1", "sha2"}
)
RESULTS: dict[str, Kind] = {
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(LISTS, "list"),
    **dict.fromkeys(TEXTS, "text"),
}
"""What a filter gives, whatever it is given."""

_COUNTS = frozenset({"index", "index0", "rindex", "rindex0", "length", "size"})
_SAVE = re.compile(r":save\s+(\w+)")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a value is.

    Args:
        kind: Its kind; `None` where that is not evident.
        fallback: What `default` gives where the value is missing: the literal; else `None`.
    """

    kind: Kind | None = None
    fallback: Word | None = None


_UNKNOWN = Guess()


@dataclass
class Kinds:
    """What is known of the names a text sets.

    Args:
        guesses: Of each name, what each place that sets it gives.
    """

    guesses: dict[str, list[Guess]] = field(default_factory=dict)

    def sets(self, name: str) -> bool:
        """Tell whether the text sets a name anywhere."""
        return name in self.guesses

    def sets_once(self, name: str) -> bool:
        """Tell whether one place sets a name."""
        return len(self.guesses.get(name, ())) == 1

    def of_name(self, name: str) -> Guess:
        """Tell what a name holds; nothing is known where places disagree."""
        guesses = self.guesses.get(name, [])
        return guesses[0] if guesses and guesses.count(guesses[0]) == len(guesses) else _UNKNOWN

    def of(self, value: Operand) -> Guess:
        """Tell what a value is, behind its filters."""
        guess = self._start(value.word, value.key)
        for applied in value.filters:
            guess = _after(guess, applied)
        return guess

    def _start(self, word: Word, key: Key) -> Guess:
        if word.kind == "quoted":
            return Guess("text")
        if word.kind == "number":
            return Guess("number")
        if key[:1] == (LOCAL,) and len(key) > 1:
            if len(key) > 2 and key[-1] in _COUNTS:
                loop = key[1] in ("forloop", "tablerowloop")
                return Guess("number") if loop or key[-1] == "size" else _UNKNOWN
            return self.of_name(str(key[1])) if len(key) == 2 else _UNKNOWN
        return Guess("number") if key[-1:] == ("size",) and len(key) > 2 else _UNKNOWN


def _after(guess: Guess, applied: Applied) -> Guess:
    if applied.name == "default":
        literal = applied.argument
        return guess if guess.kind else Guess(None, literal if _is_literal(literal) else None)
    return Guess(RESULTS.get(applied.name))


def _is_literal(word: Word | None) -> bool:
    return word is not None and word.kind in ("quoted", "number")


def kinds_of(reading: Reading) -> Kinds:
    """Gather what a text sets."""
    kinds = Kinds()
    for name, value in _settings(reading):
        guess = kinds.of(value) if isinstance(value, Operand) else Guess(value)
        kinds.guesses.setdefault(name, []).append(guess)
    return kinds


def _settings(reading: Reading) -> Iterator[tuple[str, Operand | Kind | None]]:
    """Yield each name that is set, with the value as it is written or its kind."""
    for markup in reading.markups:
        words = reading.words(markup)
        name = words[0].text if words and words[0].kind == "name" else ""
        if markup.name == "connected_content":
            saved = _SAVE.search(markup.said)
            yield (saved[1] if saved else DEFAULT_NAME), None
        elif markup.name in ("catalog_items", "catalog_selection_items"):
            yield CATALOG_ITEMS, "list"
        elif name and markup.name == "assign":
            yield name, operand(words[2:])
        elif name and markup.name == "capture":
            yield name, "text"
        elif name and markup.name in ("increment", "decrement"):
            yield name, "number"
        elif name and markup.name in ("for", "tablerow"):
            yield name, None
