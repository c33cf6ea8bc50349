"""What the end of a request means for its rows, and whether it may be sent again: pure rules.

Two questions decide. May Braze have applied it? And does it add something (count up, log an event,
send a message), so that applying it twice does harm? Braze has no key that would make a repeated
request harmless, so what adds and may have been applied is never sent again.

Sources: Braze, Errors and responses (2026), API rate limits (2026-09-02), Track users (2026).
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import orjson

from b2bkit.transport import NotSent

if TYPE_CHECKING:
    from b2bkit.transport import Answer, TransportError


class Outcome(Enum):
    """What became of one request."""

    ACCEPTED = "accepted"
    PARTLY = "partly accepted"
    """Something in it was refused, and the answer does not say which."""
    REFUSED = "refused"
    """Nothing was applied, because of what the body holds."""
    MISPLACED = "misplaced"
    """Nothing was applied, whatever the body holds: the address or the method is at fault."""
    DENIED = "denied"
    """Nothing was applied, and nothing will be: the key is at fault."""
    LIMITED = "limited"
    """Nothing was applied: the rate limit is used up."""
    BUSY = "busy"
    """Nothing was applied: the server has no capacity."""
    UNREACHED = "unreached"
    """Nothing was applied: no connection was made."""
    DOUBTFUL = "doubtful"
    """It may have been applied."""


FAILURES = (Outcome.DOUBTFUL, Outcome.BUSY)
"""What costs one of the tries that a request has."""


class Next(Enum):
    """What to do with the rows of a request."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    HALVE = "halve"
    REPEAT = "repeat"
    WAIT = "wait"
    """Repeat as soon as the server takes requests again; that costs no try."""
    GIVE_UP = "give up"
    """They end as `not sent`, or as `unknown` if an earlier try may have been applied."""
    LEAVE_UNKNOWN = "leave unknown"
    STOP = "stop"


_OF_STATUS = {
    400: Outcome.REFUSED,
    401: Outcome.DENIED,
    403: Outcome.DENIED,
    408: Outcome.DOUBTFUL,
    413: Outcome.REFUSED,
    422: Outcome.REFUSED,
    429: Outcome.LIMITED,
    503: Outcome.BUSY,
}


def outcome_of(ended: Answer | TransportError, *, read: bool) -> Outcome:
    """Say what became of a request.

    Args:
        ended: The answer, or why there is none.
        read: Whether the body of the answer could be read.
    """
    if isinstance(ended, NotSent):
        return Outcome.UNREACHED
    if isinstance(ended, Exception):
        return Outcome.DOUBTFUL
    if 200 <= ended.status < 300:
        return Outcome.ACCEPTED if read else Outcome.DOUBTFUL
    if ended.status >= 500:
        return _OF_STATUS.get(ended.status, Outcome.DOUBTFUL)
    return _OF_STATUS.get(ended.status, Outcome.MISPLACED)


def next_of(outcome: Outcome, *, adds: bool, units: int, tries_left: int) -> Next:
    """Say what to do with the rows of a request.

    Args:
        outcome: What became of it.
        adds: Whether it holds anything that adds.
        units: How many parts that cannot be parted it has.
        tries_left: How often it may still be tried.
    """
    match outcome:
        case Outcome.ACCEPTED:
            return Next.ACCEPT
        case Outcome.PARTLY if units > 1 and adds:
            return Next.LEAVE_UNKNOWN
        case Outcome.REFUSED | Outcome.PARTLY:
            return Next.HALVE if units > 1 else Next.REFUSE
        case Outcome.MISPLACED:
            return Next.REFUSE
        case Outcome.DENIED:
            return Next.STOP
        case Outcome.LIMITED | Outcome.UNREACHED:
            return Next.WAIT
        case Outcome.BUSY:
            return Next.REPEAT if tries_left else Next.GIVE_UP
        case Outcome.DOUBTFUL:
            return Next.REPEAT if tries_left and not adds else Next.LEAVE_UNKNOWN


def read_body(answer: Answer, *, documented: bool) -> dict[str, Any] | None:
    """Read the body of an accepted request; `None` when it cannot be read.

    Args:
        answer: The answer.
        documented: Whether it is an endpoint of Braze's. Each of those answers with an object,
            which may name what was not taken; of others only the status is understood.
    """
    if answer.status == 204 or not documented:
        return {}
    try:
        body = orjson.loads(answer.body)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
