"""Who converted, and who did not in time.

Source: Braze, Conversion events (2025): a user converts once per message or entry, whether or not
they opened it; one event may convert for several campaigns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from b2bkit.campaigns import Conversion, in_words

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.campaigns import Deed
    from b2bkit.messaging.journeys import Journey
    from b2bkit.messaging.state import State


@dataclass(slots=True, eq=False)
class Window:
    """Wait for one user's conversion.

    Args:
        journey: The journey that asks for it.
        conversion: What counts.
        after: Only deeds behind this place count.
        ends: Until when.
        is_open: Whether it still waits.
    """

    journey: Journey
    conversion: Conversion
    after: int
    ends: datetime
    is_open: bool = True


class Conversions:
    """Watch for conversions.

    Args:
        state: The common memory.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._windows: dict[str, list[Window]] = {}

    def begin(self, journey: Journey) -> None:
        """Begin to wait, if there is a conversion event: once for every message or entry."""
        conversion = journey.flow.conversion
        if conversion is None or journey.awaits_conversion:
            return
        journey.awaits_conversion = True
        state = self._state
        ends = state.now + conversion.within
        window = Window(journey, conversion, state.next_place(), ends)
        self._windows.setdefault(journey.user, []).append(window)
        state.agenda.at(ends, partial(self._end, window))

    def look_at(self, user: str, deed: Deed) -> None:
        """See whether a deed converts."""
        for window in self._windows.get(user, ()):
            in_time = window.is_open and self._state.now <= window.ends and deed.at > window.after
            if in_time and window.conversion.event.matches(deed):
                window.is_open = False
                self._note(window, "conversion", str(window.conversion.event), "converted")

    def _end(self, window: Window) -> None:
        self._windows[window.journey.user].remove(window)
        if window.is_open:
            window.is_open = False
            within = f"{window.conversion.event} within {in_words(window.conversion.within)}"
            self._note(window, "no conversion", within, "did not convert")

    def _note(self, window: Window, what: str, detail: str, status: str) -> None:
        journey = window.journey
        self._state.note(
            what,  # type: ignore[arg-type]
            journey.label,
            journey.chain,
            campaign=journey.flow.name,
            detail=detail,
            status=status,
        )
