"""Read how a request ended: what became of it, why in words, and which of its rows were refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import endpoint
from b2bkit.bulk.run.meaning import Outcome, outcome_of, read_body
from b2bkit.bulk.run.scrub import Scrub
from b2bkit.bulk.run.states import LOOK_FIRST
from b2bkit.client.errors import ClientError
from b2bkit.transport import Answer, NotSent, TransportError

if TYPE_CHECKING:
    from b2bkit.bulk.batch import Batch
    from b2bkit.client import Client, Response
    from b2bkit.client.outgoing import Outgoing

Ended = Answer | TransportError | ClientError
"""An answer, or why there is none."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Say how a request ended.

    Args:
        outcome: What became of it.
        reason: Why, for a person; blank for what was simply accepted.
        refused: Of an accepted one: rows that were refused, and why.
        wait: Seconds that the server asks to wait.
    """

    outcome: Outcome
    reason: str = ""
    refused: tuple[tuple[tuple[int, ...], str], ...] = ()
    wait: float | None = None


ACCEPTED = Ending(Outcome.ACCEPTED)


def ending_of(ended: Ended, batch: Batch, outgoing: Outgoing | None, client: Client) -> Ending:
    """Read how a request ended.

    Args:
        ended: The answer, or why there is none.
        batch: What was sent.
        outgoing: Where it went; `None` if it was refused before.
        client: Reads the answer, and keeps the key out of it.
    """
    if isinstance(ended, ClientError) or outgoing is None:
        scrub = Scrub(batch.target.method, batch.target.url, batch.body)
        return Ending(Outcome.MISPLACED, scrub(str(ended)))
    if isinstance(ended, TransportError):
        outcome = outcome_of(ended, read=False)
        return Ending(outcome, _why_no_answer(ended))
    documented = endpoint(outgoing.method, outgoing.path) is not None
    body = read_body(ended, documented=documented) if 200 <= ended.status < 300 else {}
    outcome = outcome_of(ended, read=body is not None)
    if outcome is Outcome.ACCEPTED and not (body or {}).get("errors"):
        return ACCEPTED
    response = client.response(outgoing, ended)
    scrub = Scrub(outgoing.method, outgoing.url, batch.body)
    if outcome is Outcome.ACCEPTED:
        return _partly_accepted(response, batch, scrub)
    wait = response.rate_limit.retry_after if response.rate_limit else None
    return Ending(outcome, _why(outcome, response, scrub), wait=wait)


def _partly_accepted(response: Response, batch: Batch, scrub: Scrub) -> Ending:
    refused: dict[tuple[int, ...], str] = {}
    for error in response.errors:
        rows = () if error.index is None else batch.rows_at(error.input_array, error.index)
        if not rows:
            reason = f"Braze refused something, and does not say which: {scrub(error.type)}"
            return Ending(Outcome.PARTLY, reason)
        refused.setdefault(rows, f"Braze refused it: {scrub(error.type)}")
    return Ending(Outcome.ACCEPTED, refused=tuple(refused.items()))


def _why(outcome: Outcome, response: Response, scrub: Scrub) -> str:
    status = response.status
    said = response.message or (response.errors[0].type if response.errors else "")
    quoted = f": {scrub(said)}" if said else ""
    match outcome:
        case Outcome.REFUSED | Outcome.MISPLACED:
            return f"Braze refused it ({status}){quoted}"
        case Outcome.LIMITED:
            return f"the rate limit was used up ({status})"
        case Outcome.BUSY:
            return f"the server had no capacity ({status})"
        case Outcome.DOUBTFUL if response.accepted:
            return f"the server answered {status}, but what it said cannot be read"
        case Outcome.DOUBTFUL:
            return f"the server failed ({status})"
        case _:
            return response.summary


def _why_no_answer(error: TransportError) -> str:
    """Give the first sentence, without the advice that goes with it."""
    text = str(error).removeprefix("Nothing was sent: ")
    return text if isinstance(error, NotSent) else text.partition(" It may have been")[0]


def doubt(reason: str) -> str:
    """Say that something may have been applied, and what to do about it."""
    return f"{reason.rstrip('.')}; it may have been applied: {LOOK_FIRST}"
