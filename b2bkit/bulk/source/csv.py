"""CSV: its header, its delimiter, its cells as exact text, and its rows as they stand.

pyarrow reads the regular blocks, all cells as text; `strict` the others. Which is which, and where
rows end, is `lines`'s task.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from b2bkit.bulk.arrow import text_array
from b2bkit.bulk.errors import FileProblem
from b2bkit.bulk.source import lines, strict
from b2bkit.bulk.source.block import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from b2bkit.bulk.source.encoding import TextFile
    from b2bkit.bulk.source.lines import Lines
    from b2bkit.bulk.types import CellType

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class CsvSource:
    """Read a CSV file.

    Args:
        text: The file.
        delimiter: What stands between its cells.
        names: Its columns.
        header: Its header as it stands, in UTF-8, line end included.
    """

    text: TextFile
    delimiter: str
    names: tuple[str, ...]
    head: bytes

    @property
    def path(self) -> Path:
        """Give the file's path."""
        return self.text.raw.path

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what a person should know about how the file was read."""
        return self.text.notices

    @property
    def declared(self) -> Mapping[str, CellType]:
        """Give the types that the file itself declares: a CSV declares none."""
        return {}

    @property
    def digest(self) -> str:
        """Give the digest of the file's bytes."""
        return self.text.raw.digest

    @property
    def header(self) -> bytes:
        """Give the header as it stands in the file, mark and line end included."""
        return self.text.mark + self.text.encode(self.head)

    def blocks(self, only: Collection[int] | None = None) -> Iterator[Block]:
        """Read the rows, block by block.

        Args:
            only: Places of the columns that are wanted; `None` for all.

        Raises:
            FileChanged: If the file is not what it was when it was opened.
        """
        wanted = range(len(self.names)) if only is None else sorted(only)
        first = 1
        for each in self._lines():
            block = _block(each, len(self.names), wanted, self.delimiter, first)
            yield block
            first += block.count

    def originals(self, rows: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Give rows as they stand in the file, line end included; numbers must ascend."""
        wanted = iter(rows)
        row = next(wanted, None)
        first = 1
        for each in self._lines():
            if row is None:
                return
            starts, after = each.starts, first + len(each.ends)
            while row is not None and row < after:
                data = each.data[starts[row - first] : each.ends[row - first]]
                yield row, self.text.encode(data)
                row = next(wanted, None)
            first = after

    def with_cells(self, line: bytes, cells: Sequence[str]) -> bytes:
        """Put cells at the end of a row; all as the file writes it."""
        encoding = self.text.encoding
        text = line.decode(encoding).removesuffix("\n").removesuffix("\r")
        added = (self.delimiter + quoted(cell, self.delimiter) for cell in cells)
        return "".join([text, *added, self._line_end]).encode(encoding, "replace")

    @property
    def _line_end(self) -> str:
        end = self.head[len(self.head.rstrip(b"\r\n")) :].decode()
        return end or "\n"

    def _lines(self) -> Iterator[Lines]:
        return lines.blocks(_after(self.head, self.text.pieces()), self.delimiter)


def open_csv(text: TextFile) -> CsvSource:
    """Find delimiter and header of a CSV file.

    Raises:
        FileProblem: If there is no header, or a column has no name of its own.
    """
    start = _start(text)
    delimiter = _delimiter(start)
    row = next(strict.rows(start, delimiter, last=True), None)
    if row is None:
        raise FileProblem(f"{text.raw.path.name} is empty: it has not even a header.")
    names = tuple(cell.decode().strip() for cell in row.cells)
    check_names(names)
    return CsvSource(text, delimiter, names, start[: row.end])


def check_names(names: Sequence[str]) -> None:
    """Raise `FileProblem` for a column without a name, and for two of the same name."""
    blank = [str(place) for place, name in enumerate(names, 1) if not name]
    if blank:
        raise FileProblem(
            f"The header has no name for column {', '.join(blank)}. Name every column; a delimiter "
            "at the end of the header makes one too many."
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise FileProblem(
            f"The header has {', '.join(map(repr, twice))} more than once. "
            "Give every column a name of its own."
        )


def quoted(cell: str, delimiter: str) -> str:
    """Write a cell, in quotes where it needs them."""
    if any(sign in cell for sign in (delimiter, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _start(text: TextFile) -> bytes:
    """Give enough of the text to see the header and some rows."""
    pieces = text.pieces()
    start = b""
    for piece in pieces:
        start += piece
        if start.strip(b"\r\n") and len(start) > 1 << 16:
            break
    return start


def _delimiter(start: bytes) -> str:
    """Choose the delimiter that the header has, and that gives most rows as many cells."""
    return max(DELIMITERS, key=lambda it: _likelihood(start, it))


def _likelihood(start: bytes, delimiter: str) -> tuple[float, int]:
    found = strict.rows(start[: 1 << 16], delimiter, last=True)
    widths = [len(row.cells) for row, _ in zip(found, range(_SAMPLE_ROWS), strict=False)]
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (sum(width == widths[0] for width in widths) / len(widths), widths[0])


def _after(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    left = len(head)
    for piece in pieces:
        if left < len(piece):
            yield piece[left:]
        left = max(0, left - len(piece))


def _block(each: Lines, width: int, wanted: Sequence[int], delimiter: str, first: int) -> Block:
    block = None
    if each.rows is None:
        block = _read_fast(each, width, wanted, delimiter, first)
    if block is None:
        rows = each.rows or tuple(strict.rows(each.data, delimiter, last=True))
        block = _read_strictly(rows, width, wanted, first)
    return block


def _read_fast(
    each: Lines, width: int, wanted: Sequence[int], delimiter: str, first: int
) -> Block | None:
    """Read a regular block; `None` if the rows are not as many as they should be."""
    odd: list[tuple[int, str]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number, _ragged(row.actual_columns, row.expected_columns)))
        return "skip"

    names = [str(place) for place in range(width)]
    places = [names[place] for place in wanted]
    table = arrow_csv.read_csv(
        pa.BufferReader(each.data),
        read_options=arrow_csv.ReadOptions(
            column_names=names, use_threads=False, block_size=len(each.data) + 1
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(places, pa.string()),
            include_columns=places or names[:1],
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    count = len(each.ends)
    if table.num_rows + len(odd) != count:
        return None
    numbers = np.arange(first, first + count, dtype=np.int64)
    numbers = np.delete(numbers, [place - 1 for place, _ in odd])
    unreadable = tuple((first + place - 1, reason) for place, reason in odd)
    columns = dict(zip(wanted, map(_whole, table.columns), strict=False))
    return Block(first, count, columns, numbers, unreadable)


def _read_strictly(
    rows: Sequence[strict.Row], width: int, wanted: Sequence[int], first: int
) -> Block:
    readable: list[list[bytes]] = []
    numbers: list[int] = []
    unreadable: list[tuple[int, str]] = []
    for number, row in enumerate(rows, first):
        if not row.closed:
            unreadable.append((number, "a quote is opened and never closed"))
        elif len(row.cells) != width:
            unreadable.append((number, _ragged(len(row.cells), width)))
        else:
            readable.append(row.cells)
            numbers.append(number)
    columns = {place: text_array(cells[place] for cells in readable) for place in wanted}
    return Block(first, len(rows), columns, np.array(numbers, np.int64), tuple(unreadable))


def _whole(column: pa.ChunkedArray) -> pa.StringArray:
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else text_array(())


def _ragged(actual: int, expected: int) -> str:
    return f"the row has {actual} {'cell' if actual == 1 else 'cells'}, the header {expected}"
