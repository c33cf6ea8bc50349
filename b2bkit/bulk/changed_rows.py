"""Rows without what was accepted before: compared once, and kept as they were compared.

Columns that become attributes lose the attributes that have not changed; an object that a webhook
wrote goes as a whole or not at all. What adds is always sent.
"""

from __future__ import annotations

import json
import pickle
import struct
from typing import TYPE_CHECKING, Any

import orjson

from b2bkit.braze.reserved import CONTROL_KEYS
from b2bkit.bulk.merging import read_exactly
from b2bkit.bulk.pieces import Part, Unit
from b2bkit.bulk.points import data_points
from b2bkit.bulk.scratch import scratch_file, scratch_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bkit.bulk.batch import Target
    from b2bkit.bulk.changes import Changes
    from b2bkit.bulk.pieces import Piece

_LENGTH = struct.Struct("<Q")
_AT_A_TIME = 1_000


class ChangedRows:
    """Keep what has changed, in order.

    Args:
        changes: The store of what was accepted.
        in_parts: Whether an object may be sent without the attributes that have not changed.

    Attributes:
        unchanged: Rows that are not sent.
        points: Data points of what is.
    """

    def __init__(self, changes: Changes, *, in_parts: bool) -> None:
        self.unchanged = self.points = 0
        self.changes = changes
        self._in_parts = in_parts
        self._file = scratch_file(self)
        self._rows = scratch_tables(
            self, "CREATE TABLE unchanged (row INTEGER PRIMARY KEY)", "BEGIN"
        )

    def take(self, pieces: Iterable[tuple[Target, Piece]]) -> None:
        """Compare all pieces with the store, and keep what is to be sent."""
        held: list[tuple[Target, Unit]] = []
        for target, piece in pieces:
            for unit in piece.units:
                kept = self._changed(unit)
                if kept is not None:
                    held.append((target, kept))
                    self.points += sum(map(_points, kept.parts))
                if len(held) >= _AT_A_TIME:
                    self._write(held)
                    held = []
        self._write(held)
        self._rows.execute("COMMIT")

    def pieces(self) -> Iterator[tuple[Target, Piece]]:
        """Give what is to be sent, in order."""
        self._file.flush()
        place = 0
        while True:
            self._file.seek(place)
            head = self._file.read(_LENGTH.size)
            if not head:
                return
            (length,) = _LENGTH.unpack(head)
            place += _LENGTH.size + length
            yield from pickle.loads(self._file.read(length))  # noqa: S301 - we wrote it ourselves

    def rows(self) -> Iterator[int]:
        """Give the rows that are not sent because nothing has changed, in order."""
        found = self._rows.execute("SELECT row FROM unchanged ORDER BY row")
        return (row for (row,) in found)

    def _write(self, held: list[tuple[Target, Unit]]) -> None:
        data = pickle.dumps(held, protocol=5)
        self._file.write(_LENGTH.pack(len(data)))
        self._file.write(data)

    def _changed(self, unit: Unit) -> Unit | None:
        """Give what of a unit has changed; `None` when nothing has."""
        if unit.adds or unit.exclusive or len(unit.parts) != 1 or unit.parts[0].objects != 1:
            return unit
        part = unit.parts[0]
        if part.array != "attributes":
            return unit
        item: dict[str, Any] = json.loads(part.data)
        gone = self.changes.unchanged(item)
        left = item.keys() - gone - CONTROL_KEYS
        if gone and not left:
            self._rows.executemany(
                "INSERT OR IGNORE INTO unchanged VALUES (?)", ((row,) for row in unit.rows)
            )
            self.unchanged += len(unit.rows)
            return None
        if not gone or not self._in_parts:
            return unit
        kept = {name: it for name, it in read_exactly(part.data).items() if name not in gone}
        return Unit(unit.rows, (Part("attributes", orjson.dumps(kept), 1),), profiles=unit.profiles)


def _points(part: Part) -> int:
    if part.array != "attributes":
        return part.objects if part.array in {"events", "purchases"} else 0
    items: list[dict[str, Any]] = json.loads(b"[%b]" % part.data)
    return sum(data_points(name, value) for item in items for name, value in item.items())
