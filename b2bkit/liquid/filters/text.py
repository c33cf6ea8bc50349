"""The filters that change text: case, trimming, cutting, joining on, replacing, splitting.

Escapes (HTML, URL, JSON) live in `escapes`, hashes and base64 in `encoding`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.liquid.filters.inputs import Filter, text_of
from b2bkit.liquid.numbers import RUBY_BLANKS, to_integer

if TYPE_CHECKING:
    from b2bkit.liquid.rendering import Rendering

_LINE_END = re.compile(r"\r?\n")
_WORD = re.compile(r"[^\t\n\v\f\r ]+")


@with_context
def append(value: Any, ending: Any, *, context: Rendering) -> str:
    """Put text behind."""
    text, more = text_of(value), text_of(ending)
    context.run.check_size(len(text) + len(more))
    return text + more


@with_context
def prepend(value: Any, beginning: Any, *, context: Rendering) -> str:
    """Put text in front."""
    text, more = text_of(value), text_of(beginning)
    context.run.check_size(len(text) + len(more))
    return more + text


def upcase(value: Any) -> str:
    """Write in capitals."""
    return text_of(value).upper()


def downcase(value: Any) -> str:
    """Write in small letters."""
    return text_of(value).lower()


def capitalize(value: Any) -> str:
    """Write the first letter as a capital, the rest in small letters."""
    return text_of(value).capitalize()


def strip(value: Any) -> str:
    """Take blanks, tabs and line ends away at both ends; a no-break space stays."""
    return text_of(value).strip(RUBY_BLANKS)


def strip_newlines(value: Any) -> str:
    """Take all line ends out."""
    return _LINE_END.sub("", text_of(value))


def newline_to_br(value: Any) -> str:
    """Put `<br />` before each line end, which stays."""
    return _LINE_END.sub("<br />\n", text_of(value))


def truncate(value: Any, length: Any = 50, ending: Any = "...") -> str | None:
    """Cut to `length` characters, the ending counted in.

    Raises:
        Fault: `length` is no whole number.
    """
    if value is None:
        return None
    text, dots, most = text_of(value), text_of(ending), to_integer(length)
    return text if len(text) <= most else text[: max(0, most - len(dots))] + dots


@with_context
def truncatewords(
    value: Any, words: Any = 15, ending: Any = "...", *, context: Rendering
) -> str | None:
    """Cut to `words` words, the ending not counted in; shorter text stays as it is.

    Raises:
        Fault: `words` is no whole number.
    """
    if value is None:
        return None
    text, dots, most = text_of(value), text_of(ending), max(1, to_integer(words))
    context.run.check_size(len(text) + len(dots))
    kept: list[str] = []
    for word in _WORD.finditer(text):
        kept.append(word.group())
        if len(kept) == most:
            return text if word.end() == len(text) else " ".join(kept) + dots
    return text


def slice_(value: Any, start: Any, length: Any = None) -> str | list[Any]:
    """Take `length` (1) characters or items from `start`, which counts from the end if negative.

    Raises:
        Fault: `start` or `length` is no whole number.
    """
    offset = to_integer(start)
    count = 1 if length is None or length is False else to_integer(length)
    whole = list(value) if isinstance(value, (list, tuple)) else text_of(value)
    first = offset + len(whole) if offset < 0 else offset
    if first < 0 or count < 0:
        return whole[:0]
    return whole[first : first + count]


def split(value: Any, separator: Any) -> list[str]:
    """Take apart at a separator, drop blank pieces at the end.

    Without a separator it gives the characters, with one space the words.
    """
    text, mark = text_of(value), text_of(separator)
    if mark == " ":
        return _WORD.findall(text)
    if mark == "":
        return list(text)
    pieces = text.split(mark)
    while pieces and pieces[-1] == "":
        pieces.pop()
    return pieces


FILTERS: dict[str, Filter] = {
    "append": append,
    "capitalize": capitalize,
    "downcase": downcase,
    "newline_to_br": newline_to_br,
    "prepend": prepend,
    "slice": slice_,
    "split": split,
    "strip": strip,
    "strip_newlines": strip_newlines,
    "truncate": truncate,
    "truncatewords": truncatewords,
    "upcase": upcase,
}
