"""What is counted while a plan's batches are made for the first time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from b2bkit.bulk.refusals import Conflicts, Refusals, RefusedRow, by_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bkit.bulk.batch import Batch
    from b2bkit.bulk.values import Problem


@dataclass(slots=True)
class Tally:
    """Count rows, requests and bytes, and collect what will not be sent.

    Attributes:
        rows: Rows seen.
        refused: The rows that will not be sent.
        conflicts: Cells that are not of their column's type.
        requests: Requests.
        bytes: Bytes of all bodies.
        points: Data points.
        creates: Objects that may create a profile.
    """

    rows: int = 0
    refused: Refusals = field(default_factory=Refusals)
    conflicts: Conflicts = field(default_factory=Conflicts)
    requests: int = 0
    bytes: int = 0
    points: int = 0
    creates: int = 0

    def unreadable(self, rows: Iterable[tuple[int, str]]) -> list[RefusedRow]:
        """Give rows that could not be read as refused ones."""
        return [RefusedRow(row, None, reason) for row, reason in rows]

    def note_block(
        self,
        count: int,
        unreadable: Iterable[tuple[int, str]],
        problems: Iterable[tuple[int, str, Problem]],
    ) -> None:
        """Note a block of rows, and those of them that will not be sent."""
        self.rows += count
        problems = list(problems)
        for each in problems:
            self.conflicts.note(*each)
        broken = [RefusedRow(row, None, reason) for row, reason in unreadable]
        refused = [*broken, *by_row(problems)]
        if refused:
            self.refused.note(sorted(refused, key=lambda it: it.row))

    def note_batch(self, batch: Batch) -> None:
        """Note a request."""
        self.requests += 1
        self.bytes += len(batch.body)
