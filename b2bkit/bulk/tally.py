"""What is counted while a plan's batches are made for the first time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import endpoint
from b2bkit.bulk.batch import ALONE
from b2bkit.bulk.refusals import Conflicts, Refusals, RefusedRow, by_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bkit.braze.endpoints import Endpoint
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
        targets: Method and path -> requests.
        alone: Requests that no two rows can share.
    """

    rows: int = 0
    refused: Refusals = field(default_factory=Refusals)
    conflicts: Conflicts = field(default_factory=Conflicts)
    requests: int = 0
    bytes: int = 0
    points: int = 0
    creates: int = 0
    targets: Counter[tuple[str, str]] = field(default_factory=Counter)
    alone: int = 0

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
        self.bytes += batch.size
        self.alone += batch.target.limits == ALONE
        self.targets[batch.target.method, batch.target.path] += 1

    @property
    def endpoint(self) -> Endpoint | None:
        """Give the endpoint of most requests; `None` if there is none that we know."""
        if not self.targets:
            return None
        [(target, _)] = self.targets.most_common(1)
        return endpoint(*target)

    @property
    def minutes(self) -> float | None:
        """Give the minutes at the allowed rates; `None` where one of them is not known."""
        each = [_minutes(count, endpoint(*target)) for target, count in self.targets.items()]
        known = [it for it in each if it is not None]
        return round(sum(known), 6) if len(known) == len(each) else None


def _minutes(requests: int, to: Endpoint | None) -> float | None:
    if to is None or to.rate_limit.requests is None or to.rate_limit.seconds is None:
        return None
    return requests * to.rate_limit.seconds / to.rate_limit.requests / 60
