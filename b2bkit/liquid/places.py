"""Where something stands in the author's own text, through content blocks put into it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

WIDEST = 100
"""Characters of a line that an excerpt shows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Name a place in a text that the author wrote.

    Args:
        line: Line, from 1.
        column: Column, from 1.
        text: That line.
        block: Name of the content block it stands in; `None` is the template itself.
    """

    line: int
    column: int
    text: str
    block: str | None = None

    @property
    def excerpt(self) -> str:
        """Show the line (of a long one, the part around the place) with a caret under the place."""
        first = 0 if len(self.text) <= WIDEST else max(0, self.column - WIDEST // 2)
        shown = self.text[first : first + WIDEST]
        before = self.text[first : self.column - 1]
        return f"{shown}\n{''.join(c if c == chr(9) else ' ' for c in before)}^"

    def __str__(self) -> str:
        block = f"content block {self.block}, " if self.block is not None else ""
        return f"{block}line {self.line}, column {self.column}"


def place_in(text: str, offset: int, block: str | None = None) -> Place:
    """Find line and column of an offset from 0; one past the end belongs to the last line."""
    offset = max(0, min(offset, len(text)))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    return Place(text.count("\n", 0, offset) + 1, offset - start + 1, line, block)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Say that what starts at `at` of the whole text was written at `offset` of `text`.

    Args:
        at: Offset in the whole text.
        text: The text it was taken from: the template or a content block.
        offset: Offset in `text`.
        block: Name of that content block, else `None`.
        fixed: It stands for one place only, such as a block that was left out.
    """

    at: int
    text: str
    offset: int
    block: str | None = None
    fixed: bool = False


class Origin:
    """Lead an offset of the whole text back to where the author wrote it.

    Args:
        stretches: Cover the whole text, ordered by `at`, the first at 0.
    """

    def __init__(self, stretches: list[Stretch]) -> None:
        self._stretches = stretches
        self._starts = [stretch.at for stretch in stretches]

    def place(self, offset: int) -> Place:
        """Give the place of an offset of the whole text."""
        stretch = self._stretches[max(0, bisect_right(self._starts, offset) - 1)]
        inside = stretch.offset if stretch.fixed else stretch.offset + offset - stretch.at
        return place_in(stretch.text, inside, stretch.block)


def whole(text: str) -> Origin:
    """Make the origin of a text that holds no content blocks."""
    return Origin([Stretch(0, text, 0)])
