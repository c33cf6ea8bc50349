"""How many requests may leave now: pace, gate and flight, asked together and told together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.bulk.run.gate import Gate, Patience
from b2bkit.bulk.run.meaning import FAILURES, Outcome
from b2bkit.transport import Answer

if TYPE_CHECKING:
    from b2bkit.bulk.run.endings import Ended, Ending
    from b2bkit.bulk.run.flight import Flight
    from b2bkit.bulk.run.pacing import Pace
    from b2bkit.bulk.run.times import Times


class Traffic:
    """Say how many requests may leave, and number them.

    Args:
        pace: Keeps the rate limit.
        flight: Follows the latency.
        patience: How long to try.
        times: Clock and chance.
    """

    def __init__(self, pace: Pace, flight: Flight, patience: Patience, times: Times) -> None:
        self.pace, self._flight, self._times = pace, flight, times
        self.gate = Gate(patience, times.random)
        self._order = 0

    def room(self, in_flight: int) -> int:
        """Say how many requests may leave now."""
        admitted = self.gate.admits(self._times.timer())
        room = min(self.pace.allowance(), self._flight.room(self.pace.per_second) - in_flight)
        return max(0, room if admitted is None else min(room, admitted))

    def leave(self) -> int:
        """Note that a request leaves; give its number in the order of sending."""
        self._order += 1
        self.pace.spend(1)
        self.gate.sent(self._order)
        return self._order

    def back(self, order: int, ended: Ended, ending: Ending) -> None:
        """Learn from how the request with this number ended."""
        now = self._times.timer()
        limited = ending.outcome is Outcome.LIMITED
        said = None
        if isinstance(ended, Answer):
            self._flight.heard(ended.elapsed)
            said = self.pace.hear(ended.headers, ended.elapsed, limited=limited)
        if limited:
            if self.gate.limited(order, now, self.pace.wait_after_429(said)):
                self.pace.slow_down()
        elif ending.outcome is Outcome.UNREACHED:
            self.gate.unreached(order, now)
        elif ending.outcome in FAILURES:
            self.gate.failed(order, now, ending.wait)
        else:
            self.gate.passed(order)

    @property
    def limit(self) -> str:
        """Say in words how fast requests leave at most."""
        rate = self.pace.per_second
        return f"at most {rate:,.0f} requests/s" if rate >= 10 else f"at most {rate:.2g} requests/s"

    @property
    def waits_for(self) -> str:
        """Say in words what everything waits for; blank while requests leave."""
        why, now = self.gate.why, self._times.timer()
        until = self.gate.until if why else self.pace.holds_until
        if why is None and until <= now:
            return ""
        reason = why.value if why else "the rate limit is used up"
        return f"waiting {max(1, round(until - now)):,} s: {reason}"

    def out_of_patience(self) -> bool:
        """Tell whether the server has taken nothing for too long."""
        return self.gate.out_of_patience(self._times.timer())
