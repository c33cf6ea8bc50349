"""Where the rows of a CSV end: pieces of text in, blocks of whole rows out.

Nearly every file is regular: its quotes stand around cells and nowhere else. There a line break
ends a row when the quotes before it are even in number, and numpy sees that for a block at once.
Blocks that are not regular (a quote inside a cell without quotes, a carriage return alone, a blank
line) are marked; `strict` reads them cell by cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from b2bkit.bulk.errors import FileProblem
from b2bkit.bulk.source import strict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from b2bkit.bulk.source.strict import Row

LONGEST_ROW = 32 << 20
"""Bytes of one row that we take; a quote that is never closed would swallow the whole file."""

_QUOTE, _LF, _CR = 34, 10, 13


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold a block of whole rows.

    Args:
        data: Their text in UTF-8; only the file's last row may lack its line break.
        ends: Place after each row, line break included; blank lines are no rows.
        rows: The rows read cell by cell; `None` when the block is regular.
    """

    data: bytes
    ends: NDArray[np.int64]
    rows: tuple[Row, ...] | None = None

    @property
    def starts(self) -> NDArray[np.int64]:
        """Give the place where each row begins."""
        if self.rows is not None:
            return np.array([row.start for row in self.rows], np.int64)
        return np.concatenate([np.zeros(1, np.int64), self.ends[:-1]])[: len(self.ends)]


def blocks(pieces: Iterator[bytes], delimiter: str) -> Iterator[Lines]:
    """Cut a text into blocks of whole rows, each about as long as a piece.

    Raises:
        FileProblem: If a row is longer than `LONGEST_ROW`.
    """
    rest = b""
    ended = False
    while not ended:
        piece = next(pieces, None)
        ended = piece is None
        data = rest + (piece or b"")
        found = _cut(data, delimiter, last=ended)
        rest = data[len(found.data) :]
        if len(found.ends):
            yield found
        elif len(rest) > LONGEST_ROW:
            raise FileProblem(
                f"A row is longer than {LONGEST_ROW >> 20} MB: a quote that is opened somewhere "
                "before is not closed. Look for a cell with a single double quote."
            )


def _cut(data: bytes, delimiter: str, *, last: bool) -> Lines:
    """Take the whole rows off the front of a text."""
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE) if b'"' in data else np.empty(0, np.int64)
    ends = np.flatnonzero(text == _LF) + 1
    if len(quotes):
        ends = ends[(np.searchsorted(quotes, ends) & 1) == 0]
    if last and data and not (len(ends) and ends[-1] == len(data)):
        ends = np.append(ends, len(data))
    length = int(ends[-1]) if len(ends) else 0
    quotes = quotes[: np.searchsorted(quotes, length)]
    if not length and b"\r" not in data:
        return Lines(b"", ends)
    if length and _is_regular(data[:length], text[:length], quotes, ends, ord(delimiter)):
        return Lines(data[:length], ends)
    rows = tuple(strict.rows(data, delimiter, last=last))
    ends = np.array([row.end for row in rows], np.int64)
    return Lines(data[: int(ends[-1])] if rows else b"", ends, rows)


def _is_regular(
    data: bytes, text: NDArray[Any], quotes: NDArray[Any], ends: NDArray[Any], delimiter: int
) -> bool:
    if b"\r" in data and not _has_whole_breaks(text):
        return False
    if _has_blank_line(text, ends):
        return False
    if not len(quotes):
        return True
    if len(quotes) & 1:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = text[np.maximum(opening - 1, 0)]
    starts = (opening == 0) | (before == delimiter) | (before == _LF)
    doubled = np.zeros(len(opening), bool)
    doubled[1:] = opening[1:] == closing[:-1] + 1
    if not np.all(starts | doubled):
        return False
    after = text[np.minimum(closing + 1, len(text) - 1)]
    stops = (closing == len(text) - 1) | (after == delimiter) | (after == _LF) | (after == _CR)
    doubled = np.zeros(len(closing), bool)
    doubled[:-1] = opening[1:] == closing[:-1] + 1
    return bool(np.all(stops | doubled))


def _has_whole_breaks(text: NDArray[Any]) -> bool:
    """Tell whether every carriage return has its line feed."""
    returns = np.flatnonzero(text == _CR)
    return bool(returns[-1] + 1 < len(text) and np.all(text[returns + 1] == _LF))


def _has_blank_line(text: NDArray[Any], ends: NDArray[Any]) -> bool:
    lengths = np.diff(ends, prepend=0)
    shortest = int(lengths.min()) if len(lengths) else 3
    if shortest > 2:
        return False
    is_break = (text[ends - lengths] == _LF) | (text[ends - lengths] == _CR)
    return bool(np.any(is_break & (lengths <= 2)))
