"""Rendered rows on disk, between planning and sending: rendered once, sent as they were reviewed.

The file has no name and is gone with the plan.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from b2bkit.bulk.batch import ALONE, Limits, Target
from b2bkit.bulk.pieces import Objects, Part, Unit
from b2bkit.bulk.rendering.block import Run, unpacked
from b2bkit.bulk.scratch import scratch_file
from b2bkit.headers import Headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.bulk.pieces import Piece
    from b2bkit.bulk.rendering.bodies import Content
    from b2bkit.bulk.rendering.row import Place

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Kinds:
    """Say how much a request to each kind of place may hold."""

    track: Limits
    trigger: Limits
    whole: Limits = ALONE

    def of(self, place: Place) -> Limits:
        """Give the limits of a place."""
        limits: Limits = getattr(self, place.kind)
        return limits


class Spool:
    """Keep rendered rows, in order.

    Args:
        kinds: How much a request may hold.
        fixed: Where plain objects go.
    """

    def __init__(self, kinds: Kinds, fixed: Place | None) -> None:
        self._file = scratch_file(self)
        self._kinds = kinds
        self._fixed = fixed
        self._targets: dict[tuple[Place, bytes, Limits], Target] = {}

    def write(self, pieces: bytes) -> None:
        """Add the pieces of a block."""
        self._file.write(_LENGTH.pack(len(pieces)))
        self._file.write(pieces)

    def pieces(self) -> Iterator[tuple[Target, Piece]]:
        """Read all pieces, in order; several readers may take turns."""
        self._file.flush()
        place = 0
        while True:
            self._file.seek(place)
            head = self._file.read(_LENGTH.size)
            if not head:
                return
            (length,) = _LENGTH.unpack(head)
            place += _LENGTH.size + length
            for piece in unpacked(self._file.read(length)):
                if isinstance(piece, Run):
                    yield self._plain, _objects(piece)
                else:
                    where, row, content = piece
                    limits = self._kinds.of(where) if content.parts[0][0] else ALONE
                    yield self._target(where, content.rest, limits), _unit(row, content)

    @cached_property
    def _plain(self) -> Target:
        assert self._fixed is not None  # noqa: S101 - plain objects have one place
        return self._target(self._fixed, b"", self._kinds.of(self._fixed))

    def _target(self, place: Place, rest: bytes, limits: Limits) -> Target:
        key = (place, rest, limits)
        if key not in self._targets:
            if len(self._targets) > _MOST_TARGETS:
                self._targets.clear()
            headers = Headers(place.headers)
            self._targets[key] = Target(place.method, place.url, headers, rest, limits)
        return self._targets[key]


_MOST_TARGETS = 1024


def _objects(run: Run) -> Objects:
    lengths = np.frombuffer(run.lengths, np.int32)
    bounds = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    adds = np.frombuffer(bytes(run.adds), np.bool_)
    rows = np.frombuffer(run.rows, np.int64)
    return Objects(memoryview(run.data), bounds, rows, adds if adds.any() else None)


def _unit(row: int, content: Content) -> Unit:
    parts = tuple(Part(*part) for part in content.parts)
    return Unit((row,), parts, content.adds)
