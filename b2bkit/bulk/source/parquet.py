"""Parquet: its columns bring their own types; its cells become text all the same.

Moments are written in ISO 8601, in UTC where they have a zone; lists and structures as JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from b2bkit.bulk.errors import FileChanged, FileProblem
from b2bkit.bulk.source.block import Block
from b2bkit.bulk.source.csv import check_names
from b2bkit.bulk.source.raw import Watched
from b2bkit.bulk.source.table import csv_line, lines_of, with_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyarrow.parquet import ParquetFile

    from b2bkit.bulk.types import CellType

_ROWS_AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """Read a Parquet file.

    Args:
        path: Where it is.
        names: Its columns.
        declared: The type of each column.
        digest: Digest of its bytes.
    """

    path: Path
    names: tuple[str, ...]
    declared: Mapping[str, CellType]
    digest: str
    notices: tuple[str, ...] = ()

    @property
    def header(self) -> bytes:
        """Give the columns as a line of CSV."""
        return csv_line(self.names)

    def blocks(self, only: Collection[int] | None = None) -> Iterator[Block]:
        """Read the rows, block by block.

        Args:
            only: Places of the columns that are wanted; `None` for all.

        Raises:
            FileChanged: If the file is not what it was when it was opened.
        """
        wanted = range(len(self.names)) if only is None else sorted(only)
        if _digest(self.path) != self.digest:
            raise FileChanged(
                f"{self.path} was changed after it was planned. Plan it again, and look at the new "
                "plan before you send it."
            )
        first = 1
        with _file(self.path) as file:
            names = [self.names[place] for place in wanted] or list(self.names[:1])
            for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=names, use_threads=False):
                numbers = np.arange(first, first + batch.num_rows, dtype=np.int64)
                columns = {place: _text(batch.column(self.names[place])) for place in wanted}
                yield Block(first, batch.num_rows, columns, numbers)
                first += batch.num_rows

    def originals(self, rows: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Give rows as lines of CSV; numbers must ascend."""
        return lines_of(self.blocks(), rows)

    def with_cells(self, line: bytes, cells: Sequence[str]) -> bytes:
        """Put cells at the end of a line of CSV."""
        return with_cells(line, cells)


def open_parquet(path: Path) -> ParquetSource:
    """Read the columns of a Parquet file.

    Raises:
        FileProblem: If it is damaged, or a column holds what no cell can show.
    """
    with _file(path) as file:
        schema = file.schema_arrow
    check_names(schema.names)
    declared = {field.name: _declared(field) for field in schema}
    return ParquetSource(path, tuple(schema.names), declared, _digest(path))


def _file(path: Path) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path, memory_map=False, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise FileProblem(f"{path.name} is not a Parquet file that can be read.") from error


def _digest(path: Path) -> str:
    watched = Watched(path)
    for _ in watched.pieces():
        pass
    return watched.noted().digest


def _declared(field: pa.Field) -> CellType:
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "float"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return "date"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return "list"
    if pa.types.is_struct(kind) or pa.types.is_map(kind):
        return "json"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return "text"
    raise FileProblem(
        f"The column {field.name} is of type {field.type}, which no cell can show. "
        "Drop it or write it as text."
    )


def _text(column: pa.Array) -> pa.StringArray:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_timestamp(kind):
        column = _moments(column)
    elif pa.types.is_nested(kind):
        column = pa.array(map(_json, column.to_pylist()), pa.string())
    return pc.fill_null(column.cast(pa.string()), "")


def _moments(column: pa.Array) -> pa.StringArray:
    """Write moments as `2026-03-15T10:00:00.000Z`, without a `Z` where there is no zone."""
    zone = "" if column.type.tz is None else "Z"
    whole = column.cast(pa.timestamp("ms", column.type.tz), safe=False)
    if column.type.tz is not None:
        whole = whole.cast(pa.timestamp("ms", "UTC"))
    return pc.strftime(whole, f"%Y-%m-%dT%H:%M:%S{zone}")


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
