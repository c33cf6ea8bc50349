"""A batch, or a part of one, on its way: what is remembered of it between two tries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from b2bkit.bulk.run import spans

if TYPE_CHECKING:
    from b2bkit.bulk.batch import Batch
    from b2bkit.bulk.run.spans import Ranges


@dataclass(eq=False)
class Parcel:
    """Hold what one request sends.

    Attributes:
        batch: The batch, or the part of one.
        id: Its number in the ledger; `None` until it stands there.
        doubtful: Whether an earlier try may have been applied.
        root: The parcel that it is a part of; `None` if of none.
        in_flight: Whether it was sent by this process; also while it waits for another try.
        tries: How often it was sent and failed.
        order: Its number in the order of sending, anew with each try.
        reason: What ended the last try, for a person.
        open_parts: Of a parcel that was parted: how many of its parts have not ended.
        ranges: The rows behind it.
    """

    batch: Batch
    id: int | None = None
    doubtful: bool = False
    root: Parcel | None = None
    in_flight: bool = False
    tries: int = 0
    order: int = -1
    reason: str = ""
    open_parts: int = 1
    ranges: Ranges = field(init=False)

    def __post_init__(self) -> None:
        self.ranges = self.batch.ranges

    @cached_property
    def adds(self) -> bool:
        """Tell whether it must not be repeated blindly."""
        return self.batch.adds

    @cached_property
    def exclusive(self) -> frozenset[int]:
        """Give the profiles of which no other parcel may be on its way with it."""
        return self.batch.exclusive

    @property
    def rows(self) -> int:
        """Count its rows."""
        return spans.count(self.ranges)

    @property
    def units(self) -> tuple[int, int]:
        """Give its first unit in the whole batch, and the one after its last."""
        return self.batch.part or (0, self.batch.units)

    def halves(self) -> tuple[Parcel, Parcel]:
        """Part it into two, which count as open until each has ended."""
        root = self.root or self
        root.open_parts += 1
        first, second = self.batch.halves()
        return Parcel(first, root=root), Parcel(second, root=root)
