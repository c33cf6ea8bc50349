"""Read rows cell by cell, by the letter: for the blocks that `lines` found not to be regular.

A quote opens a cell only at its beginning; two quotes inside stand for one; what follows the
closing quote belongs to the cell. LF, CRLF and CR end a row; a blank line is no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row.

    Args:
        cells: Its cells in UTF-8.
        start: Where it begins in the text.
        end: Where it ends, line break included.
        closed: Whether all its quotes were closed.
    """

    cells: list[bytes]
    start: int
    end: int
    closed: bool


def rows(data: bytes, delimiter: str, *, last: bool) -> Iterator[Row]:
    """Read rows; unless the text is the `last` of the file, a row that may go on is left out."""
    find = _cell(delimiter).match
    start = place = 0
    cells: list[bytes] = []
    closed = True
    while place < len(data) or cells:
        cell = find(data, place)
        assert cell is not None  # noqa: S101 - the pattern matches at every place
        quoted, quote, more, plain, stop = cell.groups()
        place = cell.end()
        if quoted is None:
            cells.append(plain)
        else:
            cells.append(quoted.replace(b'""', b'"') + more)
            closed = closed and bool(quote)
        if stop == delimiter.encode():
            continue
        if not last and (not stop or (stop == b"\r" and place == len(data))):
            return
        if place - start > len(stop):
            yield Row(cells, start, place, closed)
        start, cells, closed = place, [], True


@lru_cache
def _cell(delimiter: str) -> re.Pattern[bytes]:
    plain = rb"[^" + re.escape(delimiter.encode()) + rb"\r\n]*"
    quoted = rb'"([^"]*(?:""[^"]*)*)("?)'
    stop = rb"(" + re.escape(delimiter.encode()) + rb"|\r\n|\r|\n|\Z)"
    return re.compile(rb"(?:" + quoted + rb"(" + plain + rb")|(" + plain + rb"))" + stop)
