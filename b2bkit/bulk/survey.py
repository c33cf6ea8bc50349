"""What the columns of a file hold: every cell counted, by kind, over the whole file.

Counting goes block by block. A column of few distinct cells is read one distinct cell at a time.
Any other: first the kind that it had before, as one pattern over all its cells; then plain text by
its first letters; what is left one by one again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from b2bkit.bulk.arrow import mask_array, places_of
from b2bkit.bulk.cells import Kind, Loss, Reading, read
from b2bkit.bulk.texts import SHORT, SURE, Texts, surely_text

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from b2bkit.bulk.source import Block

EXAMPLES = 20
"""Rows that are named for each kind of each column, and for each loss."""

_FEW = 20
"""In a column of few distinct cells each stands at least so often, on average, in a block."""

_REMEMBERED = 5_000
"""Distinct texts whose reading is kept, for each column."""

_LOSSES = tuple(Loss)
_NO_LOSS = len(_LOSSES)


@dataclass(slots=True)
class Seen:
    """Count something, and name the first rows where it was."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, rows: NDArray[np.int64]) -> None:
        """Note some rows."""
        self.count += len(rows)
        room = EXAMPLES - len(self.rows)
        if room > 0:
            self.rows += rows[:room].tolist()


class ColumnSurvey:
    """Count what one column holds.

    Args:
        null: The text that means null; `None` for none.

    Attributes:
        kinds: Kind -> how often, and where.
        losses: What would be lost -> how often, and where.
    """

    def __init__(self, null: str | None = None) -> None:
        self.kinds: dict[Kind, Seen] = {}
        self.losses: dict[Loss, Seen] = {}
        self._null = null
        self._order = list(SURE)
        self._memory: dict[str, Reading] = {}
        self._few = True  # until a block shows that there are many

    def add(self, array: pa.StringArray, numbers: NDArray[np.int64]) -> None:
        """Count the cells of some rows."""
        if not len(array):
            return
        texts = Texts(array)
        kinds = np.full(len(texts), Kind.BLANK, np.uint8)
        open_ = texts.lengths > 0
        if self._null is not None:
            is_null = texts.equals(self._null)
            kinds[is_null] = Kind.NULL
            open_ &= ~is_null
        if self._few:
            self._few = self._one_by_one(texts, kinds, open_, numbers) * _FEW <= len(texts)
        else:
            self._at_once(texts, kinds, open_, numbers)
        for kind in np.unique(kinds):
            self.kinds.setdefault(Kind(kind), Seen()).add(numbers[kinds == kind])

    def count(self, *kinds: Kind) -> int:
        """Count the cells of some kinds."""
        return sum(self.kinds[kind].count for kind in kinds if kind in self.kinds)

    @property
    def filled(self) -> int:
        """Count the cells that are neither blank nor null."""
        return self.count(*(set(Kind) - {Kind.BLANK, Kind.NULL}))

    def _at_once(
        self,
        texts: Texts,
        kinds: NDArray[np.uint8],
        open_: NDArray[np.bool_],
        numbers: NDArray[np.int64],
    ) -> None:
        """Read a column of many distinct cells: by patterns first, the rest one by one."""
        open_ = self._by_pattern(texts, kinds, open_)
        if open_.any():
            plain = surely_text(texts) & open_
            kinds[plain] = Kind.TEXT
            open_ &= ~plain
        if open_.any():
            self._one_by_one(texts, kinds, open_, numbers)

    def _by_pattern(
        self, texts: Texts, kinds: NDArray[np.uint8], open_: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Find the kinds that the column had before; the most frequent one first."""
        for kind in tuple(self._order):
            if not open_.any():
                break
            if not _may_be(kind, texts):
                continue
            found = texts.matches(SURE[kind]) & open_
            if kind is Kind.LIST:
                found &= texts.lengths <= SHORT
            if found.any():
                kinds[found] = kind
                open_ = open_ & ~found
                self._order.remove(kind)
                self._order.insert(0, kind)
        return open_

    def _one_by_one(
        self,
        texts: Texts,
        kinds: NDArray[np.uint8],
        open_: NDArray[np.bool_],
        numbers: NDArray[np.int64],
    ) -> int:
        """Read each distinct cell, and tell how many there are."""
        array = texts.array if open_.all() else texts.array.filter(mask_array(open_))
        distinct = array.dictionary_encode()
        readings = [self._read(text) for text in distinct.dictionary.to_pylist()]
        places = places_of(distinct.indices)
        kinds[open_] = np.array([each.kind for each in readings], np.uint8)[places]
        if not any(each.loss for each in readings):
            return len(readings)
        codes = [_NO_LOSS if it.loss is None else _LOSSES.index(it.loss) for it in readings]
        losses = np.array(codes, np.uint8)[places]
        rows = numbers[open_]
        for code in np.unique(losses):
            if code != _NO_LOSS:
                self.losses.setdefault(_LOSSES[code], Seen()).add(rows[losses == code])
        return len(readings)

    def _read(self, text: str) -> Reading:
        reading = self._memory.get(text)
        if reading is None:
            reading = read(text)
            if len(self._memory) >= _REMEMBERED:
                self._memory.clear()
            if len(text) <= SHORT:
                self._memory[text] = reading
        return reading


class Survey:
    """Count what some columns of a file hold.

    Args:
        places: The columns, by their places in the file.
        null: The text that means null; `None` for none.
    """

    def __init__(self, places: tuple[int, ...], null: str | None = None) -> None:
        self.columns = {place: ColumnSurvey(null) for place in places}
        self.rows = 0

    def add(self, block: Block) -> None:
        """Count the cells of a block."""
        self.rows += block.count
        for place, column in self.columns.items():
            column.add(block.columns[place], block.numbers)


_FIRST = {
    Kind.INTEGER: b"-0123456789",
    Kind.FLOAT: b"-0123456789",
    Kind.DATE: b"12",
    Kind.LIST: b"[",
}
_STARTS = {kind: np.isin(np.arange(256), list(first)) for kind, first in _FIRST.items()}


def _may_be(kind: Kind, texts: Texts) -> bool:
    """Tell whether any cell begins as one of this kind does."""
    return bool(_STARTS[kind][texts.at(0)].any())
