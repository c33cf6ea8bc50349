"""What tags such as `connected_content` say: text with outputs in it, words, and `:options`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from b2bkit.liquid.compiling import filtered
from b2bkit.liquid.expressions import FieldValue
from b2bkit.liquid.printing import to_text
from b2bkit.liquid.syntax import Rewritten

if TYPE_CHECKING:
    from liquid import Token

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Rendering

_OUTPUT = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
_OPTION = re.compile(r"(?:^|(?<=\s)):(\w+)")
_WORD = re.compile(r"\S+")
_FILLER = "_"


class Mixed:
    """Text with values in it, such as a URL with a user's ID.

    Args:
        pieces: Texts and values, in order.
    """

    __slots__ = ("pieces",)

    def __init__(self, pieces: tuple[str | Value, ...]) -> None:
        self.pieces = pieces

    def evaluate(self, context: Rendering) -> str:
        """Give the text with each value printed."""
        return "".join(
            piece if isinstance(piece, str) else to_text(piece.evaluate(context))
            for piece in self.pieces
        )


class TagText:
    """What a tag says.

    Args:
        token: The tag's expression.
        env: Where filters are looked up.

    Attributes:
        words: What stands before the first option.
        options: What stands behind each `:option`, which may be nothing.
    """

    __slots__ = ("_offset", "_shape", "_starts", "_text", "_values", "options", "words")

    def __init__(self, token: Token, env: BrazeEnvironment) -> None:
        self._text = token.value
        self._offset = token.start_index
        self._values = dict(_values(token, env))
        self._starts = list(self._values)
        self._shape = self._filled()
        marks = [*_OPTION.finditer(self._shape)]
        ends = [mark.start() for mark in marks] + [len(self._shape)]
        self.words = tuple(
            self._mixed(word.start(), word.end())
            for word in _WORD.finditer(self._shape, 0, ends[0])
        )
        self.options: dict[str, Mixed] = {}
        for mark, end in zip(marks, ends[1:], strict=True):
            self.options.setdefault(mark[1], self._trimmed(mark.end(), end))

    def values(self) -> tuple[Value, ...]:
        """List the values in it, in order."""
        return tuple(value for _, value in self._values.values())

    def _filled(self) -> str:
        """Give the text with each value filled up, so that blanks in it part nothing."""
        shape = list(self._text)
        for start, (end, _) in self._values.items():
            shape[start:end] = _FILLER * (end - start)
        return "".join(shape)

    def _trimmed(self, start: int, end: int) -> Mixed:
        said = self._shape[start:end]
        start += len(said) - len(said.lstrip())
        return self._mixed(start, max(start, start + len(said.strip())))

    def _mixed(self, start: int, end: int) -> Mixed:
        pieces: list[str | Value] = []
        inside = slice(bisect_left(self._starts, start), bisect_left(self._starts, end))
        for at in self._starts[inside]:
            after, value = self._values[at]
            pieces += [self._text[start:at], value]
            start = after
        return Mixed((*pieces, self._text[start:end]))


def _values(token: Token, env: BrazeEnvironment) -> list[tuple[int, tuple[int, Value]]]:
    """List each value in a tag's text: offset in it -> (offset behind it, value), in order."""
    found: dict[int, tuple[int, Value]] = {}
    for output in _OUTPUT.finditer(token.value):
        start = token.start_index + output.start(1)
        value = filtered(output[1], start, token.source, env)
        found[output.start()] = (output.end(), value)
    starts = list(found)
    for at, value, length in _bare_fields(token):
        before = bisect_right(starts, at)
        if not before or found[starts[before - 1]][0] <= at:
            found[at] = (at + length, value)
    return sorted(found.items(), key=lambda item: item[0])


def _bare_fields(token: Token) -> list[tuple[int, FieldValue, int]]:
    """List `${name}` without braces around it."""
    if not isinstance(token.source, Rewritten):
        return []
    end = token.start_index + len(token.value)
    return [
        (
            start - token.start_index,
            FieldValue(token._replace(start_index=start), reference, ()),
            reference.length,
        )
        for start, reference in token.source.references.items()
        if token.start_index <= start < end
    ]
