"""One user's way through one campaign or Canvas, and what Liquid and filters see on it.

Sources: Braze, Canvas context and event properties (2026-09-02), Re-eligibility (2025).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import Canvas, Step
from b2bkit.liquid import Context, Template, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from b2bkit.campaigns import Deed, Flow
    from b2bkit.messaging.chains import Chain
    from b2bkit.profiles import Profile

_EVENTS = frozenset({"event", "purchase"})

NOT_HERE = {
    "flow": "event_properties is blank in a Canvas step; use context.${...}",
    "original": "event_properties is blank after the first step of a Canvas",
}
"""What to say when a step reads `event_properties` where Braze has none, by editor."""


@dataclass(slots=True, eq=False)
class Journey:
    """Follow one user through one campaign or Canvas.

    Args:
        flow: The campaign or Canvas.
        user: The user's braze id.
        label: The user as tables show it.
        chain: Why the user is here; its last link is this campaign or Canvas.
        trigger: What started it; `None` for a schedule.
        entered: Its place in the order of everything that happened.
        started: When it began.
        dispatch_id: Id of the sending.
        todo: The steps that are left.
        context: The Canvas' context variables.
        at_first_step: Whether no step is done yet.
        awaits_conversion: Whether its conversion window has begun.
    """

    flow: Flow
    user: str
    label: str
    chain: Chain
    trigger: Deed | None
    entered: int
    started: datetime
    dispatch_id: str
    todo: list[Step] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    at_first_step: bool = True
    awaits_conversion: bool = False

    def __post_init__(self) -> None:
        self.todo = list(self.flow.steps)
        if isinstance(self.flow, Canvas) and self.trigger is not None:
            self.context = dict(self.trigger.properties)

    @property
    def event_properties(self) -> dict[str, Any] | None:
        """Give the trigger event's properties, where Braze has them.

        That is in a campaign; of a Canvas, only in the first step of the original editor.
        """
        if self.trigger is None or self.trigger.kind not in _EVENTS:
            return None
        if isinstance(self.flow, Canvas) and not self._is_originals_first_step:
            return None
        return dict(self.trigger.properties)

    @property
    def _is_originals_first_step(self) -> bool:
        return (
            isinstance(self.flow, Canvas) and self.flow.editor == "original" and self.at_first_step
        )

    def liquid(self, profile: Profile, step: Step, now: datetime) -> Context:
        """Give what Liquid sees in a step."""
        return Context.from_profile(
            profile.export(),
            event_properties=self.event_properties,
            now=now,
            **dict(self._of_canvas() if isinstance(self.flow, Canvas) else self._of_campaign(step)),
        )

    def misses_event_properties(self, step: Step) -> str:
        """Say that a step reads `event_properties` where there are none; blank if it does not."""
        if not isinstance(self.flow, Canvas) or self.event_properties is not None:
            return ""
        reads = any(each == "event_properties" for each in _namespaces(step))
        return NOT_HERE[self.flow.editor] if reads else ""

    def _of_campaign(self, step: Step) -> Iterator[tuple[str, Any]]:
        named = {"name": self.flow.name, "api_id": self.flow.id, "dispatch_id": self.dispatch_id}
        yield "campaign", {**named, "message_name": step.name}
        if self.trigger is not None and self.trigger.kind == "api":
            yield "api_trigger_properties", dict(self.trigger.properties)

    def _of_canvas(self) -> Iterator[tuple[str, Any]]:
        yield "canvas", {"name": self.flow.name, "api_id": self.flow.id}
        if isinstance(self.flow, Canvas) and self.flow.editor == "flow":
            yield "context", dict(self.context)
            yield "canvas_entry_properties", dict(self.context)
        elif self.at_first_step:
            yield "canvas_entry_properties", dict(self.context)


@dataclass(frozen=True, slots=True)
class Sent:
    """Hold a message that was sent, with its text, which may hold personal values."""

    time: datetime
    user: str
    campaign: str
    step: str
    channel: str
    text: str = field(repr=False)


def may_again(flow: Flow, last: datetime | None, now: datetime) -> bool:
    """Tell whether a user may have a campaign or Canvas (again).

    Args:
        flow: The campaign or Canvas.
        last: When the user last received the campaign, or entered the Canvas; `None` for never.
        now: The moment.
    """
    if last is None:
        return True
    return flow.again_after is not None and now - last >= flow.again_after


def _namespaces(step: Step) -> Iterator[str]:
    try:
        yield from (each.namespace for text in _texts(step) for each in Template(text).fields)
    except TemplateError:  # a content block that is not known; the render will say so
        return


def _texts(step: Step) -> Iterator[str]:
    webhook = getattr(step, "webhook", None)
    if webhook is not None:
        yield webhook.url
        yield from webhook.headers.values()
        body = webhook.body
        yield from [body] if isinstance(body, str) else [*(body or {}), *(body or {}).values()]
    yield from (getattr(step, part) for part in ("text", "body") if hasattr(step, part))
    yield from (variable.value for variable in getattr(step, "variables", ()))
