"""How a run is to go, as people say it and as the run takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from b2bkit.bulk.errors import PlanProblem
from b2bkit.bulk.run.canary import MOST_ROWS
from b2bkit.bulk.run.gate import Patience
from b2bkit.bulk.run.pacing import read_rate
from b2bkit.bulk.run.times import Times


class How(TypedDict, total=False):
    """The keyword arguments with which a run is started.

    Attributes:
        rate: Requests/seconds to stay below, such as `3000/3`; without it what Braze documents and
            its answers say.
        max_in_flight: Requests in flight at most; without it up to 500, as the latency asks for.
        canary: Send so many rows first and read their profiles back; the run then waits for
            `resume` or `cancel`.
        stop_at: The share of refused rows, among those answered, at which the run stops: from 0
            to 1, without it 0.5.
        despite_findings: Whether to send although the webhook has errors.
    """

    rate: str | None
    max_in_flight: int | None
    canary: int
    stop_at: float
    despite_findings: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold how a run is to go.

    Args:
        rate: Requests and seconds that it keeps below; `None` trusts documentation and headers.
        max_in_flight: Requests in flight at most; `None` leaves that to us.
        canary: How many rows go first; 0 for no canary.
        stop_at: The share of refused rows at which it stops.
        despite_findings: Whether errors of the webhook are no obstacle.
        patience: How long to try.
        times: Clock and chance.
        max_pages: Pages that the ledger may have, to try out a full disk.
    """

    rate: tuple[int, int] | None = None
    max_in_flight: int | None = None
    canary: int = 0
    stop_at: float = 0.5
    despite_findings: bool = False
    patience: Patience = field(default_factory=Patience)
    times: Times = field(default_factory=Times)
    max_pages: int | None = None

    @classmethod
    def of(cls, how: How) -> Settings:
        """Read keyword arguments.

        Raises:
            PlanProblem: If one cannot be.
        """
        most, canary, stop_at = (
            how.get("max_in_flight"),
            how.get("canary", 0),
            how.get("stop_at", 0.5),
        )
        if most is not None and most < 1:
            raise PlanProblem(f"At least one request must be in flight, not {most}.")
        if not 0 <= canary <= MOST_ROWS:
            raise PlanProblem(f"A canary has from 1 to {MOST_ROWS} rows, not {canary}.")
        if not 0 <= stop_at <= 1:
            raise PlanProblem(f"stop_at is a share from 0 to 1, not {stop_at:g}.")
        rate = how.get("rate")
        return cls(
            rate=None if rate is None else read_rate(rate),
            max_in_flight=most,
            canary=canary,
            stop_at=stop_at,
            despite_findings=how.get("despite_findings", False),
        )
