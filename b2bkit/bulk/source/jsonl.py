"""JSON lines: one object a line; its keys are the columns, whichever lines have them.

Numbers are kept as they are written, to the last digit. A line that is not a JSON object is a row
that cannot be read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from b2bkit.bulk.arrow import text_array
from b2bkit.bulk.errors import FileProblem
from b2bkit.bulk.source.block import Block
from b2bkit.bulk.source.csv import check_names
from b2bkit.bulk.source.table import csv_line, lines_of, with_cells

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from b2bkit.bulk.source.encoding import TextFile
    from b2bkit.bulk.types import CellType

NOT_AN_OBJECT = "the line is not a JSON object"
_ROWS_AT_A_TIME = 5_000
_MOST_COLUMNS = 2_000


class _Literal(str):
    """A number, as it is written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class JsonLinesSource:
    """Read a file of JSON lines.

    Args:
        text: The file.
        names: All keys of its objects, in the order of their first appearance.
        declared: The type of each column whose values are all of one.
    """

    text: TextFile
    names: tuple[str, ...]
    declared: Mapping[str, CellType]

    @property
    def path(self) -> Path:
        """Give the file's path."""
        return self.text.raw.path

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what a person should know about how the file was read."""
        return self.text.notices

    @property
    def digest(self) -> str:
        """Give the digest of the file's bytes."""
        return self.text.raw.digest

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
        first = 1
        for objects in _objects(self.text):
            yield self._block(first, objects, wanted)
            first += len(objects)

    def originals(self, rows: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Give rows as lines of CSV; numbers must ascend."""
        return lines_of(self.blocks(), rows)

    def with_cells(self, line: bytes, cells: Sequence[str]) -> bytes:
        """Put cells at the end of a line of CSV."""
        return with_cells(line, cells)

    def _block(
        self, first: int, objects: list[dict[str, Any] | None], wanted: Sequence[int]
    ) -> Block:
        numbered = list(enumerate(objects, first))
        found = [each for _, each in numbered if each is not None]
        columns = {
            place: text_array(_cell(each.get(self.names[place])).encode() for each in found)
            for place in wanted
        }
        return Block(
            first,
            len(objects),
            columns,
            np.array([row for row, each in numbered if each is not None], np.int64),
            tuple((row, NOT_AN_OBJECT) for row, each in numbered if each is None),
        )


def open_json_lines(text: TextFile) -> JsonLinesSource:
    """Read the file through, for its columns and their types.

    Raises:
        FileProblem: If it has no object at all, or too many columns.
    """
    kinds: dict[str, set[CellType]] = {}
    for objects in _objects(text):
        for each in objects:
            for name, value in (each or {}).items():
                kind = kinds.setdefault(name, set())
                if value not in (None, ""):
                    kind.add(_type(value))
        if len(kinds) > _MOST_COLUMNS:
            raise FileProblem(f"The lines have more than {_MOST_COLUMNS:,} different keys.")
    if not kinds:
        raise FileProblem(f"{text.raw.path.name} holds no line that is a JSON object with keys.")
    check_names(list(kinds))
    declared = {name: _common(each) for name, each in kinds.items()}
    return JsonLinesSource(text, tuple(kinds), {n: t for n, t in declared.items() if t})


def _objects(text: TextFile) -> Iterator[list[dict[str, Any] | None]]:
    found: list[dict[str, Any] | None] = []
    for line in _lines(text.pieces()):
        if line.strip():
            found.append(_object(line))
            if len(found) == _ROWS_AT_A_TIME:
                yield found
                found = []
    if found:
        yield found


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    yield rest


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line, parse_int=_Literal, parse_float=_Literal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and _is_writable(value, line) else None


def _is_writable(value: dict[str, Any], line: bytes) -> bool:
    """Tell whether the object is free of half characters, which UTF-8 cannot write."""
    if b"\\u" not in line:
        return True
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(name: str) -> None:
    raise ValueError(name)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    return _json(value)


def _json(value: Any) -> str:
    if isinstance(value, _Literal):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _type(value: Any) -> CellType:
    if isinstance(value, _Literal):
        return "integer" if value.lstrip("-").isdigit() else "float"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, list):
        return "list"
    return "json" if isinstance(value, dict) else "text"


def _common(kinds: set[CellType]) -> CellType | None:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "float" if kinds == {"integer", "float"} else None
