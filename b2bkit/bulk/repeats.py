"""Which rows are about the same profile: found over the whole file, in memory that stays flat.

Identifiers become numbers of 64 bits; the numbers are sorted apart into parts on disk, and each
part is looked through on its own. Two identifiers with the same number are very rare and do no
harm: merging compares the identifiers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import shake_256
from typing import IO, TYPE_CHECKING

import numpy as np

from b2bkit.bulk.scratch import scratch_file, scratch_tables
from b2bkit.bulk.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

MERGE, EXCLUSIVE = 1, 2
"""Bits of what is done with a row: it is merged with others; order matters among its profile's."""

_ADDS, _SETS = 1, 2
_PARTS = 64
_HELD = 1 << 17
"""Rows that are held in memory before they go to disk."""

_WEIGHTS = np.frombuffer(shake_256(b"b2bkit").digest(8 * 1024), np.uint64)
"""Any numbers will do; these need no import of numpy.random, which takes its time."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Say what is done with a row whose profile other rows are about, too.

    Args:
        row: The row.
        profile: Number of the profile.
        last: The row at which what is merged goes out.
        is_merged: Whether the row is merged with others.
        is_exclusive: Whether order matters, so that no two are in flight.
    """

    row: int
    profile: int
    last: int
    is_merged: bool
    is_exclusive: bool


class Repeats:
    """Collect the identifiers of all rows; then tell which of them come again.

    Args:
        keep: Whether rows are never merged.
    """

    def __init__(self, *, keep: bool = False) -> None:
        self.rows = 0
        self.profiles = 0
        self._keep = keep
        self._held: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
        self._held_rows = 0
        self._parts: list[IO[bytes]] = []
        self._disk = scratch_tables(
            self,
            "CREATE TABLE repeats (row INTEGER, profile INTEGER, last INTEGER, what INTEGER, "
            "PRIMARY KEY (row, profile)) WITHOUT ROWID",
            "BEGIN",
        )

    def add(
        self,
        numbers: NDArray[np.uint64],
        rows: NDArray[np.int64],
        adds: NDArray[np.bool_],
        sets: NDArray[np.bool_],
    ) -> None:
        """Note some rows: the numbers of their identifiers, and whether they add and set."""
        flags = adds.astype(np.int64) * _ADDS + sets.astype(np.int64) * _SETS
        self._held.append((numbers, rows * 4 + flags))
        self._held_rows += len(rows)
        if self._held_rows >= _HELD:
            self._spill()

    def settle(self) -> None:
        """Find what comes again; nothing can be added afterwards."""
        for numbers, codes in self._each_part():
            order = np.argsort(numbers, kind="stable")
            self._note(numbers[order], codes[order])
        self._disk.execute("COMMIT")

    def within(self, first: int, last: int) -> list[Repeat]:
        """List what comes again among some rows, in order."""
        if not self.rows:
            return []
        found = self._disk.execute(
            "SELECT row, profile, last, what FROM repeats WHERE row BETWEEN ? AND ? ORDER BY row",
            (first, last),
        )
        return [
            Repeat(row, profile, end, bool(what & MERGE), bool(what & EXCLUSIVE))
            for row, profile, end, what in found
        ]

    def _spill(self) -> None:
        if not self._parts:
            self._parts = [scratch_file(self) for _ in range(_PARTS)]
        numbers, codes = _joined(self._held)
        parts = (numbers >> np.uint64(58)).astype(np.int64)
        order = np.argsort(parts, kind="stable")
        bounds = np.searchsorted(parts[order], np.arange(_PARTS + 1))
        records = np.stack([numbers.view(np.int64), codes], axis=1)[order]
        for file, start, stop in zip(self._parts, bounds[:-1], bounds[1:], strict=True):
            file.write(records[start:stop].tobytes())
        self._held, self._held_rows = [], 0

    def _each_part(self) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
        if not self._parts:
            yield _joined(self._held)
            self._held = []
            return
        self._spill()
        for file in self._parts:
            file.seek(0)
            records = np.frombuffer(file.read(), np.int64).reshape(-1, 2)
            file.close()
            yield records[:, 0].view(np.uint64), records[:, 1]

    def _note(self, numbers: NDArray[np.uint64], codes: NDArray[np.int64]) -> None:
        """Note the groups of equal numbers, which stand side by side."""
        if len(numbers) < 2:
            return
        begins = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
        sizes = np.diff(np.append(begins, len(numbers)))
        for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            group = codes[begin : begin + size].tolist()
            self._disk.executemany("INSERT INTO repeats VALUES (?, ?, ?, ?)", self._decide(group))
            self.rows += size
            self.profiles += 1

    def _decide(self, codes: Sequence[int]) -> list[tuple[int, int, int, int]]:
        rows = [(code >> 2, bool(code & _ADDS), bool(code & _SETS)) for code in codes]
        profile = rows[-1][0]
        if self._keep or any(adds and sets for _, adds, sets in rows):
            return [(row, profile, row, EXCLUSIVE) for row, _, _ in rows]
        setting = [row for row, adds, _ in rows if not adds]
        order = EXCLUSIVE if setting and len(setting) < len(rows) else 0
        merge = MERGE if len(setting) > 1 else 0
        return [
            (row, profile, row, order) if adds else (row, profile, setting[-1], merge | order)
            for row, adds, _ in rows
        ]


def numbers_of(*arrays: pa.StringArray) -> NDArray[np.uint64]:
    """Turn identifiers, each made of one or more texts, into numbers."""
    total = np.zeros(len(arrays[0]), np.uint64)
    for place, array in enumerate(arrays):
        total = total * np.uint64(0x9E3779B97F4A7C15 + 2 * place) + _weighed(Texts(array))
    return total


def _weighed(texts: Texts) -> NDArray[np.uint64]:
    """Weigh each byte of each text by its place, and sum."""
    sums = np.zeros(len(texts), np.uint64)
    filled = texts.lengths > 0
    if not filled.any():
        return sums
    used = texts.used.astype(np.uint64)
    starts = texts.offsets[:-1] - texts.offsets[0]
    places = np.arange(len(used)) - np.repeat(starts, texts.lengths)
    weighed = (used + np.uint64(1)) * _WEIGHTS[places & 1023]
    sums[filled] = np.add.reduceat(weighed, starts[filled])
    return sums


def _joined(
    held: Sequence[tuple[NDArray[np.uint64], NDArray[np.int64]]],
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    if not held:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return np.concatenate([it[0] for it in held]), np.concatenate([it[1] for it in held])
