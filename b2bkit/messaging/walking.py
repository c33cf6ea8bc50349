"""What each kind of step does when a user reaches it.

Sources: Braze, Message step, Delay step, Decision split, Context step, User Update step (2022 to
2026).
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import (
    Decide,
    Delay,
    Message,
    SendWebhook,
    SetContext,
    UpdateUser,
    Variable,
    in_words,
    passes,
)
from b2bkit.liquid import Aborted, Template, TemplateError
from b2bkit.messaging.activity import Entry
from b2bkit.messaging.journal import shown, where_it_failed
from b2bkit.messaging.journeys import Sent
from b2bkit.messaging.rest_side import refused
from b2bkit.profiles import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.campaigns import Step
    from b2bkit.messaging.journeys import Journey
    from b2bkit.messaging.posting import PostOffice
    from b2bkit.messaging.state import State
    from b2bkit.profiles import Profile


class Walker:
    """Lead users through steps.

    Args:
        state: The common memory.
        post_office: Sends webhooks.
        hear: Takes in what the sandbox has told.
        received: Called when a message is received.
    """

    def __init__(
        self,
        state: State,
        post_office: PostOffice,
        *,
        hear: Callable[[], None],
        received: Callable[[Journey, str], None],
    ) -> None:
        self._state = state
        self._post_office = post_office
        self._hear = hear
        self._received = received

    def go_on(self, journey: Journey) -> None:
        """Do the next step, and see to it that the one after follows."""
        state = self._state
        profile = state.rest.profile(journey.user)
        if profile is None:
            state.note("exit", journey.label, journey.chain, campaign=journey.flow.name,
                       status="the profile is gone")  # fmt: skip
            return
        if not journey.todo:
            if journey.flow.kind == "Canvas":
                state.note("exit", journey.label, journey.chain, campaign=journey.flow.name)
            return
        step = journey.todo.pop(0)
        self._warn(journey, step)
        again = partial(self.go_on, journey)
        if isinstance(step, Delay) and journey.todo:
            self._note(journey, step, "delay", detail=in_words(step.duration))
            state.agenda.at(state.now + step.duration, again)
        else:
            self._do(journey, step, profile)
            self._hear()
            state.agenda.soon(again)
        journey.at_first_step = False

    def _do(self, journey: Journey, step: Step, profile: Profile) -> None:
        if isinstance(step, Message):
            self._message(journey, step, profile)
        elif isinstance(step, SendWebhook):
            self._post_office.post(journey, step, profile)
        elif isinstance(step, UpdateUser):
            self._update(journey, step, profile)
        elif isinstance(step, SetContext):
            self._set_context(journey, step, profile)
        elif isinstance(step, Decide):
            self._decide(journey, step)

    def _message(self, journey: Journey, step: Message, profile: Profile) -> None:
        text = self._rendered(journey, step, profile, step.text)
        if text is None:
            return
        state = self._state
        where = (state.now, journey.label, journey.flow.name, step.name)
        state.sent.append(Sent(*where, step.channel, text))
        self._note(journey, step, "message", detail=step.channel, status="sent", values=text)
        self._received(journey, step.name)

    def _update(self, journey: Journey, step: UpdateUser, profile: Profile) -> None:
        text = self._rendered(journey, step, profile, step.body)
        if text is None:
            return
        body = _for_user(text, journey.user)
        if body is None:
            self._note(journey, step, "user update", detail="not JSON", status="not done")
            return
        answer = self._state.rest.track(body, self._state.token_for(journey.chain))
        refusal = refused(answer)
        status = "refused" if refusal else "done"
        self._note(journey, step, "user update", detail=refusal, status=status)

    def _set_context(self, journey: Journey, step: SetContext, profile: Profile) -> None:
        for variable in step.variables:
            text = self._rendered(journey, step, profile, variable.value)
            value = None if text is None else value_of(variable, text)
            if value is None:
                detail = f"{variable.name}: not a {variable.type}"
                self._note(journey, step, "context", detail=detail, status="not updated")
            else:
                journey.context[variable.name] = value
                detail = f"{variable.name}: {shown(value)}"
                self._note(journey, step, "context", detail=detail, status="set", values=text)

    def _decide(self, journey: Journey, step: Decide) -> None:
        way = passes(step.filters, self._state.facts(journey.user, journey))
        journey.todo[:0] = step.yes if way else step.no
        detail = " and ".join(map(str, step.filters))
        self._note(journey, step, "decision", detail=detail, status="yes" if way else "no")

    def _rendered(self, journey: Journey, step: Step, profile: Profile, text: str) -> str | None:
        """Render a text for the user; write down why not, where it cannot be."""
        try:
            return Template(text).render(journey.liquid(profile, step, self._state.now))
        except Aborted as stop:
            reason, status, values = stop.reason, "aborted", ""
            self._log_abort(journey, step, reason)
        except TemplateError as error:
            reason, status, values = where_it_failed(error), "not sent", error.message
        what: Any = "message" if isinstance(step, Message) else str(step)
        self._note(journey, step, what, detail=reason, status=status, values=values)
        return None

    def _log_abort(self, journey: Journey, step: Step, reason: str) -> None:
        state = self._state
        entry = Entry(state.now, "Aborted Message Error", journey.flow.name, step.name, reason)
        state.activity.append(entry)

    def _warn(self, journey: Journey, step: Step) -> None:
        warning = journey.misses_event_properties(step)
        if warning:
            self._note(journey, step, "note", detail=warning, status="warning")

    def _note(self, journey: Journey, step: Step, what: Any, **parts: Any) -> None:
        self._state.note_step(journey, what, step.name, **parts)


def value_of(variable: Variable, text: str) -> Any:
    """Read a rendered text as the type of a context variable; `None` if it is not of that type.

    An empty text is no value. Source: Braze, Context step (2025).
    """
    if not text.strip():
        return None
    if variable.type == "text":
        return text
    if variable.type == "time":
        return text.strip() if parse_date(text.strip()) else None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kinds: dict[str, tuple[type, ...]] = {
        "number": (int, float),
        "boolean": (bool,),
        "array": (list,),
        "object": (dict,),
    }
    wanted = kinds[variable.type]
    return value if type(value) in wanted else None


def _for_user(text: str, braze_id: str) -> dict[str, Any] | None:
    """Name the user in every object of a User Update's JSON; `None` where it is not JSON."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    return {
        array: [
            {**each, "braze_id": braze_id} if isinstance(each, dict) else each for each in objects
        ]
        for array, objects in body.items()
        if isinstance(objects, list)
    }
