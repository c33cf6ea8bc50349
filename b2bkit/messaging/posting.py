"""Send webhooks by Braze's rules: render once, try, wait, try again, write down what came of it.

Sources: Braze, Create a webhook (2026-09-02). Whether Braze renders again for a retry is not
documented; here the same bytes go out again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from b2bkit.addresses import Address
from b2bkit.liquid import Aborted, TemplateError
from b2bkit.messaging.activity import Entry
from b2bkit.messaging.attempts import Attempt, Result
from b2bkit.messaging.delivery import DeliveryRules, wait_for_retry
from b2bkit.messaging.journal import where_it_failed
from b2bkit.webhook import WebhookError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from b2bkit.campaigns import SendWebhook
    from b2bkit.errors import B2bkitError
    from b2bkit.messaging.activity import Type
    from b2bkit.messaging.attempts import Outcome, Sender
    from b2bkit.messaging.journeys import Journey
    from b2bkit.messaging.state import State
    from b2bkit.profiles import Profile
    from b2bkit.webhook import Request


@dataclass(frozen=True, slots=True)
class Posting:
    """Hold a webhook on its way.

    Args:
        journey: Whose it is.
        step: The step it belongs to.
        request: What is sent.
        first: When it was first tried.
        attempt: Which attempt comes now, from 1.
        test: Whether it is a test send.
    """

    journey: Journey
    step: SendWebhook
    request: Request
    first: datetime
    attempt: int = 1
    test: bool = False


class PostOffice:
    """Send webhooks, again where Braze would.

    Args:
        state: The common memory.
        sender: Tries once.
        rules: The numbers.
        hear: Takes in what the sandbox has told.
        received: Called when Braze counts a webhook as received.
    """

    def __init__(
        self,
        state: State,
        sender: Sender,
        rules: DeliveryRules,
        *,
        hear: Callable[[], None],
        received: Callable[[Journey, str], None],
    ) -> None:
        self._state = state
        self._sender = sender
        self._rules = rules
        self._hear = hear
        self._received = received

    def post(
        self, journey: Journey, step: SendWebhook, profile: Profile, *, test: bool = False
    ) -> Attempt:
        """Render a webhook for a user, and try for the first time."""
        now = self._state.now
        try:
            request = step.webhook.render(journey.liquid(profile, step, now))
        except (Aborted, TemplateError, WebhookError) as error:
            return self._not_sent(journey, step, error, test=test)
        return self._try(Posting(journey, step, request, now, test=test))

    def _try(self, posting: Posting) -> Attempt:
        state, journey = self._state, posting.journey
        key = state.rest.key(journey.flow.key)
        result = self._sender.send(posting.request, key, state.token_for(journey.chain))
        wait = None if posting.test else self._wait(posting, result)
        attempt = _written(posting, result, state.now, wait)
        self._write_down(posting, attempt, result)
        self._hear()
        if wait is not None:
            again = replace(posting, attempt=posting.attempt + 1)
            state.agenda.at(state.now + wait, partial(self._try, again))
        elif attempt.received and not posting.test:
            self._received(journey, posting.step.name)
        return attempt

    def _wait(self, posting: Posting, result: Result) -> timedelta | None:
        if result.status is None:
            return None
        since_first = self._state.now - posting.first
        return wait_for_retry(self._rules, result.status, posting.attempt, since_first, result.wait)

    def _write_down(self, posting: Posting, attempt: Attempt, result: Result) -> None:
        state, journey = self._state, posting.journey
        state.attempts.append(attempt)
        state.note_step(
            journey,
            "webhook",
            posting.step.name,
            detail=_detail(attempt),
            status=_status(attempt, retried=attempt.next_attempt is not None),
            values=posting.request.body or "",
        )
        if result.halts:
            state.note("host", "", detail=f"{attempt.host}: too many failures", status="halted")
        if attempt.status is not None and not attempt.received:
            self._log_error(attempt)

    def _log_error(self, attempt: Attempt) -> None:
        message = f"{attempt.status} {attempt.note}".strip()
        details = f"{attempt.method} {attempt.host}{attempt.path}, attempt {attempt.attempt}"
        self._state.activity.append(
            Entry(
                attempt.time,
                "Webhook Error",
                attempt.campaign,
                attempt.step,
                message,
                details,
                attempt.test,
            )
        )

    def _not_sent(
        self, journey: Journey, step: SendWebhook, error: B2bkitError, *, test: bool
    ) -> Attempt:
        """Write down that there is no request: aborted, or wrong Liquid."""
        state = self._state
        outcome: Outcome = "aborted" if isinstance(error, Aborted) else "not sent"
        kind: Type = "Aborted Message Error" if isinstance(error, Aborted) else "Webhook Error"
        said = _said(error)
        attempt = Attempt(
            state.now, journey.label, journey.flow.name, step.name, 1,
            outcome=outcome, test=test, note=str(error),
        )  # fmt: skip
        state.attempts.append(attempt)
        state.note_step(
            journey, "webhook", step.name, detail=said, status=outcome, values=str(error)
        )
        entry = Entry(state.now, kind, journey.flow.name, step.name, said, test=test)
        state.activity.append(entry)
        return attempt


def _said(error: B2bkitError) -> str:
    """Say why there is no request, without values of the profile."""
    if isinstance(error, Aborted):
        return error.reason
    if isinstance(error, TemplateError):
        return where_it_failed(error)
    part = getattr(error, "part", "")
    return f"Not a request Braze could send: {part}" if part else "Not a request Braze could send"


def _written(posting: Posting, result: Result, now: datetime, wait: timedelta | None) -> Attempt:
    address = Address.read(posting.request.url)
    return Attempt(
        time=now,
        user=posting.journey.label,
        campaign=posting.journey.flow.name,
        step=posting.step.name,
        attempt=posting.attempt,
        method=posting.request.method,
        host=address.host,
        path=address.path,
        status=result.status,
        outcome=result.outcome,
        errors=result.errors,
        next_attempt=None if wait is None else now + wait,
        test=posting.test,
        note=result.note,
        body=result.body,
        request=posting.request,
    )


def _detail(attempt: Attempt) -> str:
    where = attempt.path if attempt.status is not None else f"{attempt.host}{attempt.path}"
    parts = [f"{attempt.method} {where}"]
    if attempt.status is not None:
        parts.append(f"→ {attempt.status}")
    if attempt.attempt > 1:
        parts.append(f"(attempt {attempt.attempt})")
    if attempt.note:
        parts.append(f"· {attempt.note}")
    test = "[TEST SEND] " if attempt.test else ""
    return test + " ".join(parts)


def _status(attempt: Attempt, *, retried: bool) -> str:
    if retried:
        return f"{attempt.outcome}, tried again"
    if attempt.outcome in {"failed", "unknown", "halted"}:
        return f"{attempt.outcome}, given up"
    return attempt.outcome
