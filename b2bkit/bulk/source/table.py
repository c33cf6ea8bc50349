"""Files that are no CSV, read as columns of text and written back as CSV.

What Parquet and JSON lines share: cells are text from here on, nothing (`null`) is a blank cell,
and a row that is asked for is written as a line of CSV in UTF-8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.bulk.source.csv import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from b2bkit.bulk.source.block import Block


def csv_line(cells: Iterable[str]) -> bytes:
    """Write a row as a line of CSV."""
    return (",".join(quoted(cell, ",") for cell in cells) + "\n").encode()


def lines_of(blocks: Iterator[Block], rows: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Write the rows of these numbers, which must ascend, as lines of CSV."""
    wanted = iter(rows)
    row = next(wanted, None)
    for block in blocks:
        if row is None:
            return
        places = {int(number): place for place, number in enumerate(block.numbers)}
        broken = dict(block.unreadable)
        while row is not None and row < block.first + block.count:
            if row in places:
                yield (
                    row,
                    csv_line(column[places[row]].as_py() for column in block.columns.values()),
                )
            elif row in broken:
                yield row, csv_line([""] * len(block.columns))
            row = next(wanted, None)


def with_cells(line: bytes, cells: Sequence[str]) -> bytes:
    """Put cells at the end of a line of CSV."""
    added = b"".join(b"," + quoted(cell, ",").encode() for cell in cells)
    return line.removesuffix(b"\n") + added + b"\n"
