"""Units into requests: as full as Braze allows, in the order of the rows, numbered as they close.

Usually one request is open at a time. Units about a profile that is already in the open one, where
order matters, go into a later one: several are open then, and the oldest closes first, so that of
two requests about one profile the earlier row has the lower number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from b2bkit.bulk.batch import Batch, Limits, Target
from b2bkit.bulk.pieces import Objects, Piece, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_OPEN = 64
"""Requests that are open at a time, of one target."""

MOST_TARGETS = 256
"""Targets (such as different trigger properties) that have an open request at a time."""


def pack(pieces: Iterable[tuple[Target, Piece]]) -> Iterator[Batch]:
    """Put pieces into requests; each must fit into a request of its own."""
    queues: dict[Target, _Queue] = {}
    number = 0
    for target, piece in pieces:
        for closed_target, closed in _placed(queues, target, piece):
            yield Batch(number, closed_target, tuple(closed))
            number += 1
    for target, queue in queues.items():
        for closed in queue.close_all():
            yield Batch(number, target, tuple(closed))
            number += 1


def _placed(
    queues: dict[Target, _Queue], target: Target, piece: Piece
) -> Iterator[tuple[Target, list[Piece]]]:
    if isinstance(piece, Unit) and piece.exclusive:
        for other, queue in queues.items():
            if other != target and queue.holds(piece.profiles):
                yield from ((other, closed) for closed in queue.close_all())
    queue = queues.pop(target) if target in queues else _Queue(target.limits)
    queues[target] = queue  # the one used last stands last
    yield from ((target, closed) for closed in queue.add(piece))
    if len(queues) > MOST_TARGETS:
        oldest = next(iter(queues))
        yield from ((oldest, closed) for closed in queues.pop(oldest).close_all())


class _Open:
    """A request that more may be put into."""

    def __init__(self, limits: Limits) -> None:
        self.pieces: list[Piece] = []
        self.profiles: Counter[int] = Counter()
        self.order: set[int] = set()
        self._limits = limits
        self._objects = 0
        self._each: Counter[str] = Counter()
        self._size = 0

    def has_room(self, unit: Unit) -> bool:
        """Tell whether a unit fits."""
        if not self.pieces:
            return True
        limits = self._limits
        objects = sum(part.objects for part in unit.parts)
        if limits.together is not None and self._objects + objects > limits.together:
            return False
        if limits.each is not None and any(
            self._each[part.array] + part.objects > limits.each for part in unit.parts
        ):
            return False
        return self._size + unit.size <= limits.size

    def allows(self, unit: Unit) -> bool:
        """Tell whether a unit may be in one request with the profiles that are in it."""
        if unit.exclusive or self._limits.profile == 1:
            return not any(self.profiles[profile] for profile in unit.profiles)
        most = self._limits.profile
        return most is None or all(self.profiles[it] < most for it in unit.profiles)

    def put(self, piece: Piece) -> None:
        """Put a piece in."""
        self.pieces.append(piece)
        self._size += piece.size
        if isinstance(piece, Objects):
            self._objects += len(piece)
            self._each["attributes"] += len(piece)
            return
        for part in piece.parts:
            self._objects += part.objects
            self._each[part.array] += part.objects
        self.profiles.update(piece.profiles)
        if piece.exclusive:
            self.order |= piece.profiles

    def room_for(self, objects: Objects) -> int:
        """Tell how many of some objects fit; at least one does into an empty request."""
        limits = self._limits
        room = len(objects)
        if limits.together is not None:
            room = min(room, limits.together - self._objects)
        if limits.each is not None:
            room = min(room, limits.each - self._each["attributes"])
        if self._size + objects.size > limits.size:
            end = objects.bounds[0] + limits.size - self._size
            room = min(room, int(np.searchsorted(objects.bounds, end, "right")) - 1)
        return max(room, 0 if self.pieces else 1)

    @property
    def is_full(self) -> bool:
        """Tell whether not even one more object fits."""
        limits = self._limits
        return limits.together is not None and self._objects >= limits.together


def _full_requests(objects: Objects, limits: Limits) -> tuple[list[Objects], Objects]:
    """Cut full requests off some objects at once, where only their number counts."""
    most = limits.together or limits.each or 0
    if not most or len(objects) < most:
        return [], objects
    bounds = objects.bounds[::most]
    if len(bounds) > 1 and int(np.diff(bounds).max()) > limits.size:
        return [], objects
    stop = (len(bounds) - 1) * most
    cuts = [objects.cut(start, start + most) for start in range(0, stop, most)]
    return cuts, objects.cut(stop, len(objects))


class _Queue:
    """The open requests of one target, the oldest first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[_Open] = []

    def holds(self, profiles: frozenset[int]) -> bool:
        """Tell whether any of some profiles is in an open request."""
        return any(not profiles.isdisjoint(each.profiles) for each in self._open)

    def add(self, piece: Piece) -> Iterator[list[Piece]]:
        """Put a piece in, and give the requests that this closes."""
        if isinstance(piece, Unit):
            yield from self._add_unit(piece)
            return
        if not self._open:
            full, piece = _full_requests(piece, self._limits)
            for each in full:
                yield [each]
        while len(piece):
            if not self._open:
                self._open.append(_Open(self._limits))
            room = self._open[0].room_for(piece)
            if room:
                self._open[0].put(piece.cut(0, room))
                piece = piece.cut(room, len(piece))
            if not room or self._open[0].is_full:
                yield from self._close(1)

    def close_all(self) -> Iterator[list[Piece]]:
        """Close all requests, in order."""
        yield from self._close(len(self._open))

    def _add_unit(self, unit: Unit) -> Iterator[list[Piece]]:
        start = self._start(unit)
        for place in range(start, len(self._open)):
            each = self._open[place]
            if each.has_room(unit) and each.allows(unit):
                each.put(unit)
                if each.is_full:
                    yield from self._close(place + 1)
                return
        if self._open and not self._open[0].has_room(unit):
            yield from self._close(1)
        self._open.append(_Open(self._limits))
        self._open[-1].put(unit)
        if self._open[-1].is_full:
            yield from self._close(len(self._open))
        elif len(self._open) > MOST_OPEN:
            yield from self._close(1)

    def _start(self, unit: Unit) -> int:
        """Give the first request that may have a unit: none before one about its profiles."""
        if not unit.exclusive:
            return 0
        places = [
            place + 1
            for place, each in enumerate(self._open)
            if not unit.profiles.isdisjoint(each.order)
        ]
        return places[-1] if places else 0

    def _close(self, count: int) -> Iterator[list[Piece]]:
        closed, self._open = self._open[:count], self._open[count:]
        yield from (each.pieces for each in closed)
