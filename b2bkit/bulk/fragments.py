"""The cells of a column as members of JSON objects: `,"visits":3`, many at a time.

Cells that can go as they stand are joined by pyarrow. The others are turned one distinct text at a
time, and only there Braze's rules are asked, because only there they can object.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow.compute as pc

from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.bulk.arrow import mask_array, places_of, text_array
from b2bkit.bulk.cells import Kind
from b2bkit.bulk.points import data_points
from b2bkit.bulk.rules import objection
from b2bkit.bulk.texts import DAY, EMAIL, NUMBER, SHORT, SURE, Texts
from b2bkit.bulk.values import Problem, Value, read_value, text_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from b2bkit.bulk.verdict import ColumnReport

_REMEMBERED = 5_000


class Member(NamedTuple):
    """Hold what one cell becomes, and how many data points it costs."""

    json: str
    points: int


BLANK = Member("", 0)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Hold what the cells of a column become.

    Args:
        pieces: What to join for each cell's member: texts that are the same for all cells, and
            arrays. A member begins with a comma; it is blank where it sets nothing.
        points: Data points of each cell, or of every cell.
        problems: Place and problem of each cell that cannot be sent.
    """

    pieces: tuple[str | pa.StringArray, ...]
    points: int | NDArray[np.int64]
    problems: Sequence[tuple[int, Problem]] = ()


class ColumnEncoder:
    """Turn the cells of one column into members.

    Args:
        column: What was decided about the column.
        null: The text that means null; `None` for none.
    """

    def __init__(self, column: ColumnReport, null: str | None) -> None:
        self.name = column.name
        self._column = column
        self._told = column.decided_by != "the cells"
        self._null = null
        self._sure = _sure_cells(column)
        self._key = f",{json.dumps(column.target, ensure_ascii=False)}:"
        self._around = _around(column, self._key)
        self._cost = data_points(column.target, None)
        self._memory: dict[str, Member | Problem] = {}

    def encode(self, array: pa.StringArray) -> Encoded:
        """Turn some cells into members."""
        texts = Texts(array)
        sure = self._which_are_sure(texts)
        before, after = self._around
        if sure.all():
            return Encoded((before, array, after), self._cost)
        others = ~sure
        distinct = array.filter(mask_array(others)).dictionary_encode()
        members = [self._member(text) for text in distinct.dictionary.to_pylist()]
        places = places_of(distinct.indices)
        found = [BLANK if isinstance(it, Problem) else it for it in members]
        points = np.full(len(texts), self._cost, np.int64)
        points[others] = np.array([it.points for it in found], np.int64)[places]
        written = text_array(it.json.encode() for it in found).take(distinct.indices)
        if sure.any():
            joined = pc.binary_join_element_wise(before, array, after, "")
            written = pc.replace_with_mask(joined, mask_array(others), written)
        return Encoded((written,), points, _problems(members, places, others))

    def member(self, text: str) -> Member | Problem:
        """Turn one cell into its member, or say why it cannot be sent."""
        if text == self._null:
            return Member(f"{self._key}null", self._cost)
        if not text:
            return BLANK
        value = self._value(text)
        if isinstance(value, Problem):
            return value
        return self._objection(value.value) or self._written(value)

    def _member(self, text: str) -> Member | Problem:
        found = self._memory.get(text)
        if found is None:
            found = self.member(text)
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            if len(text) <= SHORT:
                self._memory[text] = found
        return found

    def _value(self, text: str) -> Value | Problem:
        column = self._column
        if column.op not in {"add", "remove"}:
            return read_value(column.type, text, told=self._told)
        listed = read_value("list", text)
        if isinstance(listed, Value):
            return listed
        type = "text" if column.type == "list" else column.type  # noqa: A001 - the word of the task
        one = read_value(type, text, told=self._told)
        return one if isinstance(one, Problem) else Value([one.value], f"[{one.json}]")

    def _objection(self, value: Any) -> Problem | None:
        """Ask Braze's rules about a value."""
        op = self._column.op
        return objection(self._column.target, value if op is None else {op: value})

    def _written(self, value: Value) -> Member:
        name, op = self._column.target, self._column.op
        if op is None:
            return Member(f"{self._key}{value.json}", data_points(name, value.value))
        points = data_points(name, {op: value.value})
        return Member(f'{self._key}{{"{op}":{value.json}}}', points)

    def _which_are_sure(self, texts: Texts) -> NDArray[np.bool_]:
        if self._sure is None:
            return np.zeros(len(texts), bool)
        sure = self._sure(texts) & (texts.lengths > 0)
        return sure if self._null is None else sure & ~texts.equals(self._null)


def short_text(texts: Texts) -> NDArray[np.bool_]:
    """Tell which texts are short and need no escapes in JSON."""
    sure: NDArray[np.bool_] = texts.lengths <= SHORT
    escapes = texts.needs_escapes()
    return sure if escapes is None else sure & ~escapes


def _around(column: ColumnReport, key: str) -> tuple[str, str]:
    """Give what goes around cells that are joined as they stand."""
    before, after = key, ""
    if column.op:
        before, after = f'{before}{{"{column.op}":', "}"
    if column.type in {"text", "date"}:
        before, after = f'{before}"', f'"{after}'
    return before, after


def text_member(key: str, text: str) -> str:
    """Write a text as a member, without a comma."""
    return f'"{key}":{text_value(text).json}'


def _sure_cells(column: ColumnReport) -> Callable[[Texts], NDArray[np.bool_]] | None:
    """Choose the quick look for a column; `None` where every distinct text is asked about."""
    field = RESERVED_FIELDS.get(column.target)
    if column.op in {"add", "remove"} or (column.op and column.type != "integer"):
        return None
    if field is not None:
        return _SURE_FIELDS.get(field.kind)
    return _SURE_TYPES.get(column.type)


def _matching(pattern: str) -> Callable[[Texts], NDArray[np.bool_]]:
    return lambda texts: texts.matches(pattern) & (texts.lengths <= SHORT)


_SURE_TYPES: dict[str, Callable[[Texts], NDArray[np.bool_]]] = {
    "text": short_text,
    "integer": _matching(SURE[Kind.INTEGER]),
    "float": _matching(NUMBER),
    "date": _matching(SURE[Kind.DATE]),
    "list": _matching(SURE[Kind.LIST]),
}
_SURE_FIELDS: dict[str, Callable[[Texts], NDArray[np.bool_]]] = {
    "text": short_text,
    "email": _matching(EMAIL),
    "date": _matching(SURE[Kind.DATE]),
    "day": _matching(DAY),
}


def _problems(
    members: Sequence[Member | Problem], places: NDArray[np.int32], others: NDArray[np.bool_]
) -> list[tuple[int, Problem]]:
    bad = {place: it for place, it in enumerate(members) if isinstance(it, Problem)}
    if not bad:
        return []
    found = np.flatnonzero(np.isin(places, list(bad)))
    rows = np.flatnonzero(others)[found]
    return [(int(row), bad[int(place)]) for row, place in zip(rows, places[found], strict=True)]
