"""What a plan costs: requests, time, bytes, data points, profiles that could be created."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from b2bkit.braze.endpoints import RateLimit


@dataclass(frozen=True, slots=True)
class Price:
    """Hold what a plan costs.

    Args:
        requests: Requests, if all are taken at the first try.
        bytes: Bytes of all bodies.
        minutes: Minutes at the allowed rate, if nobody else uses it; `None` where Braze names none.
        data_points: Data points, on contracts that count them; `None` where that cannot be told.
        may_create: Profiles that could be created, if none of them exists.
    """

    requests: int
    bytes: int
    minutes: float | None
    data_points: int | None
    may_create: int

    def words(self, limit: RateLimit | None) -> list[tuple[str, str]]:
        """Give each part of the price with its name, for people."""
        rate = "" if limit is None else f" ({limit})"
        minutes = "not known" if self.minutes is None else f"{_minutes(self.minutes)}{rate}"
        points = "not known" if self.data_points is None else f"{self.data_points:,}"
        return [
            ("requests", f"{self.requests:,}"),
            ("time at the allowed rate", minutes),
            ("bytes", f"{self.bytes:,}"),
            ("data points, on contracts that count them", points),
            ("profiles that could be created", f"{self.may_create:,}"),
        ]


def _minutes(count: float) -> str:
    if count < 1:
        return f"{max(1, round(count * 60))} s"
    return f"{count:,.0f} min" if count < 120 else f"{count / 60:,.1f} h"
