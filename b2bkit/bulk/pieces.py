"""What a request is put together from: objects that belong together, and the rows behind them.

A `Unit` cannot be parted: the objects of one row, or one object that several rows were merged into.
`Objects` are many units of one attributes object each, side by side in one buffer, as the columns
of a block give them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

NOBODY: frozenset[int] = frozenset()


class Part(NamedTuple):
    """Hold the objects that a unit has in one array of the body.

    Args:
        array: Its name, such as `attributes`; blank for a body that is sent as it is.
        data: The objects in JSON, commas between them.
        objects: How many there are.
    """

    array: str
    data: bytes
    objects: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold what belongs together.

    Args:
        rows: The rows it stands for.
        parts: Its objects, array by array.
        adds: Whether it adds (counts up, logs an event, sends a message) and so must not be
            repeated blindly.
        profiles: Numbers of those of its profiles that other units are about, too.
        exclusive: Whether order matters among these units.
    """

    rows: tuple[int, ...]
    parts: tuple[Part, ...]
    adds: bool = False
    profiles: frozenset[int] = NOBODY
    exclusive: bool = False

    def __len__(self) -> int:
        return 1

    @property
    def size(self) -> int:
        """Count its bytes."""
        return sum(len(part.data) + 1 for part in self.parts)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Give the units it is made of: itself."""
        return (self,)

    def rows_of(self, _: int) -> tuple[int, ...]:
        """Give the rows behind it."""
        return self.rows


@dataclass(frozen=True, slots=True)
class Objects:
    """Hold attributes objects that stand side by side, each a unit that one row stands behind.

    Args:
        data: Their JSON, a comma after each.
        bounds: Where each begins in it, and where the last one ends.
        rows: The row behind each.
        adds: Which of them add; `None` when none does.
    """

    data: memoryview
    bounds: NDArray[np.int64]
    rows: NDArray[np.int64]
    adds: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def size(self) -> int:
        """Count their bytes."""
        return int(self.bounds[-1] - self.bounds[0])

    @property
    def adds_any(self) -> bool:
        """Tell whether any of them adds."""
        return self.adds is not None and bool(self.adds.any())

    @property
    def part(self) -> Part:
        """Give them as one part of a body."""
        data = self.data[self.bounds[0] : self.bounds[-1] - 1]
        return Part("attributes", bytes(data), len(self))

    @property
    def units(self) -> Iterator[Unit]:
        """Give them one by one."""
        return (self.cut(place, place + 1).unit for place in range(len(self)))

    @property
    def unit(self) -> Unit:
        """Give the first of them."""
        first = self.cut(0, 1)
        return Unit((int(self.rows[0]),), (first.part,), first.adds_any)

    def cut(self, start: int, stop: int) -> Objects:
        """Give some of them; nothing is copied."""
        adds = None if self.adds is None else self.adds[start:stop]
        return Objects(self.data, self.bounds[start : stop + 1], self.rows[start:stop], adds)

    def rows_of(self, place: int) -> tuple[int, ...]:
        """Give the row behind one of them."""
        return (int(self.rows[place]),)


Piece = Unit | Objects
