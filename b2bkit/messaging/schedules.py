"""When a scheduled campaign or Canvas starts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from b2bkit.messaging.errors import MessagingError

if TYPE_CHECKING:
    from b2bkit.campaigns import Flow, Schedule


def first_start(flow: Flow, schedule: Schedule, launch: datetime) -> datetime:
    """Give when a schedule starts for the first time.

    Raises:
        MessagingError: If that has passed, and it does not come again.
    """
    at = schedule.at
    if at is None:
        return launch
    if isinstance(at, time):
        today = datetime.combine(launch.date(), at, at.tzinfo or launch.tzinfo)
        return today if today >= launch else today + timedelta(days=1)
    at = at if at.tzinfo else at.replace(tzinfo=launch.tzinfo)
    if at >= launch:
        return at
    if schedule.every is None:
        raise MessagingError(f"The {flow} is scheduled for {at}, and it is {launch} already.")
    missed = -((at - launch) // schedule.every)
    return at + missed * schedule.every
