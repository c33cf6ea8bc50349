"""Rows about the same profile: merged into one object, or kept and marked.

Objects wait on disk until the last row that belongs to them has come. The last row wins, attribute
by attribute.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from b2bkit.bulk.pieces import Objects, Part, Unit
from b2bkit.bulk.scratch import scratch_tables
from b2bkit.profiles import Identifier, identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from b2bkit.bulk.batch import Target
    from b2bkit.bulk.pieces import Piece
    from b2bkit.bulk.repeats import Repeat, Repeats


def with_repeats(
    pieces: Iterable[tuple[Target, Piece]], repeats: Repeats
) -> Iterator[tuple[Target, Piece]]:
    """Merge and mark the units of rows whose profile comes again; pieces come in row order.

    What can be merged all goes to one target.
    """
    if not repeats.rows:
        yield from pieces
        return
    waiting = _Waiting()
    done = 0
    target = None
    for target, piece in pieces:
        last = int(piece.rows[-1]) if len(piece.rows) else done
        found: dict[int, list[Repeat]] = {}
        for repeat in repeats.within(done + 1, last):
            found.setdefault(repeat.row, []).append(repeat)
        yield from ((target, each) for each in _with(piece, found, waiting))
        done = max(done, last)
    if target is not None:
        yield from ((target, each) for each in waiting.rest())


def _with(piece: Piece, found: dict[int, list[Repeat]], waiting: _Waiting) -> Iterator[Piece]:
    if not found:
        yield piece
        return
    place = 0
    for row, repeats in found.items():
        at, unit = _at(piece, row)
        if isinstance(piece, Objects) and at > place:
            yield piece.cut(place, at)
        if unit is not None:
            place = at + 1
            yield from _settled(unit, repeats, waiting)
        elif isinstance(piece, Objects):
            place = max(place, at)
        for repeat in repeats:
            if repeat.is_merged and repeat.last == row:
                yield from waiting.merged(repeat)
    if isinstance(piece, Objects) and place < len(piece):
        yield piece.cut(place, len(piece))
    elif isinstance(piece, Unit) and place == 0:
        yield piece


def _at(piece: Piece, row: int) -> tuple[int, Unit | None]:
    """Find the unit of a row in a piece: its place; no unit where the row was refused."""
    if isinstance(piece, Unit):
        return 0, piece if row in piece.rows else None
    at = int(np.searchsorted(piece.rows, row))
    is_there = at < len(piece) and int(piece.rows[at]) == row
    return at, piece.cut(at, at + 1).unit if is_there else None


def _settled(unit: Unit, repeats: list[Repeat], waiting: _Waiting) -> Iterator[Unit]:
    if len(repeats) == 1 and repeats[0].is_merged:
        waiting.add(repeats[0], unit)
        return
    profiles = frozenset(repeat.profile for repeat in repeats)
    exclusive = any(repeat.is_exclusive for repeat in repeats)
    yield Unit(unit.rows, unit.parts, unit.adds, profiles, exclusive)


class _Waiting:
    """Objects that wait for the last row of their profile."""

    def __init__(self) -> None:
        self._disk = scratch_tables(
            self,
            "CREATE TABLE waiting (last INTEGER, row INTEGER, profile INTEGER, exclusive INTEGER, "
            "object BLOB, PRIMARY KEY (last, row)) WITHOUT ROWID",
            "BEGIN",
        )

    def add(self, repeat: Repeat, unit: Unit) -> None:
        """Let an object wait."""
        self._disk.execute(
            "INSERT INTO waiting VALUES (?, ?, ?, ?, ?)",
            (repeat.last, repeat.row, repeat.profile, repeat.is_exclusive, unit.parts[0].data),
        )

    def merged(self, repeat: Repeat) -> Iterator[Unit]:
        """Give out what waited for this row."""
        yield from self._take(repeat.last)

    def rest(self) -> Iterator[Unit]:
        """Give out what still waits: its last row was refused."""
        lasts = self._disk.execute("SELECT DISTINCT last FROM waiting ORDER BY last").fetchall()
        for (last,) in lasts:
            yield from self._take(last)

    def _take(self, last: int) -> Iterator[Unit]:
        found = self._disk.execute(
            "SELECT row, profile, exclusive, object FROM waiting WHERE last = ? ORDER BY row",
            (last,),
        ).fetchall()
        self._disk.execute("DELETE FROM waiting WHERE last = ?", (last,))
        objects: dict[Identifier, dict[str, Any]] = {}
        rows: dict[Identifier, list[int]] = {}
        for row, _, _, data in found:
            item = read_exactly(data)
            who = identify(item)
            assert isinstance(who, Identifier)  # noqa: S101 - objects without one were refused
            objects.setdefault(who, {}).update(item)
            rows.setdefault(who, []).append(row)
        for who, item in objects.items():
            _, profile, exclusive, _ = found[0]
            part = Part("attributes", orjson.dumps(item), 1)
            profiles = frozenset({profile})
            yield Unit(tuple(rows[who]), (part,), False, profiles, bool(exclusive))


def read_exactly(data: bytes) -> dict[str, Any]:
    """Read an object so that its numbers are written again to the last digit."""
    found: dict[str, Any] = json.loads(data, parse_int=_number, parse_float=_number)
    return found


def _number(text: str) -> orjson.Fragment:
    return orjson.Fragment(text)
