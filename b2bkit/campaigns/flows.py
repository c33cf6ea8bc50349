"""A campaign and a Canvas, as small values: what starts it, for whom, and what it does.

Nothing runs here: `b2bkit.messaging` does. `reading` reads them from TOML.

Sources: Braze, Action-based delivery, Re-eligibility, Conversion events (2025).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, uuid5

from b2bkit.campaigns.conditions import ContextVariable
from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.filters import AnyOf, Did, Filter
from b2bkit.campaigns.steps import Decide, Message, SendWebhook, Step, as_steps, every_step
from b2bkit.campaigns.triggers import MakePurchase, PerformEvent, Trigger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONGEST_REELIGIBILITY = timedelta(days=720)
"""Longest wait until a user may get a campaign again. Source: Braze, Re-eligibility (2025)."""

LONGEST_CONVERSION = timedelta(days=30)
"""Longest conversion deadline. Source: Braze, Conversion events (2025)."""

Editor = Literal["flow", "original"]

Event = PerformEvent | MakePurchase


@dataclass(frozen=True, slots=True)
class Conversion:
    """Say what counts as a conversion, and until when.

    Args:
        event: The custom event or purchase.
        within: How long after the message (campaign) or the entry (Canvas); three days if not
            given, at most 30.
    """

    event: Event
    within: timedelta = timedelta(days=3)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.within <= LONGEST_CONVERSION:
            raise CampaignError("A conversion deadline lies between nothing and 30 days.")


@dataclass(frozen=True, kw_only=True)
class _Flow:
    """What campaigns and Canvases have in common."""

    name: str
    trigger: Trigger
    steps: tuple[Step, ...]
    audience: tuple[Filter, ...] = ()
    reeligible: bool | timedelta = False
    conversion: Conversion | None = None
    id: str = ""
    key: str = "all"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CampaignError(f"A {self.kind} needs a name.")
        set_ = object.__setattr__
        set_(self, "steps", _named(as_steps(self.steps)))
        set_(self, "audience", tuple(self.audience))
        set_(self, "id", self.id or str(uuid5(NAMESPACE_URL, f"b2bkit:{self.kind}:{self.name}")))
        self._check()

    @property
    def kind(self) -> str:
        """Say `campaign` or `Canvas`."""
        raise NotImplementedError

    @property
    def again_after(self) -> timedelta | None:
        """Give the wait until a user may have it again; `None` for never."""
        if isinstance(self.reeligible, timedelta):
            return self.reeligible
        return timedelta(0) if self.reeligible else None

    @property
    def every_step(self) -> Iterator[Step]:
        """Go through all steps, those within decisions too, from top to bottom."""
        return every_step(self.steps)

    @property
    def webhooks(self) -> tuple[SendWebhook, ...]:
        """Give all webhook steps, from top to bottom."""
        return tuple(step for step in self.every_step if isinstance(step, SendWebhook))

    def _check(self) -> None:
        if not self.steps:
            raise self._error("has no step: give it a message or a webhook.")
        again = self.again_after
        if again is not None and not timedelta(0) <= again <= LONGEST_REELIGIBILITY:
            raise self._error("can let users in again after 720 days at the latest.")
        for each in _flat(self.audience):
            if isinstance(each, ContextVariable):
                raise self._error("filters its audience on context; only a decision can.")
            if isinstance(each, Did) and each.since_entry:
                raise self._error('filters its audience on "since entry"; only a decision can.')

    def _error(self, text: str) -> CampaignError:
        return CampaignError(f'The {self.kind} "{self.name}" {text}')

    def __str__(self) -> str:
        return f'{self.kind} "{self.name}"'


@dataclass(frozen=True, kw_only=True)
class Campaign(_Flow):
    """Declare a campaign.

    Args:
        name: Its name.
        trigger: What starts it.
        steps: What it sends: messages and webhooks. A `Webhook` may stand for its step.
        audience: Filters; a user must pass them all, when it is triggered.
        reeligible: Whether a user who received it may receive it again, and after how long;
            `True` is at once.
        conversion: What counts as a conversion.
        id: Its API id; made from the name if not given, always the same.
        key: Name of the sandbox's API key that stands where a webhook says `YOUR_API_KEY`.
        delay: How long after the trigger it is sent.
        unless: Exception events: one of them during the delay, and it is not sent.

    Raises:
        CampaignError: If Braze could not have such a campaign.

    Example:
        >>> Campaign(
        ...     name="Welcome",
        ...     trigger=PerformEvent("Signed up"),
        ...     steps=[Message("Hello {{${first_name}}}")],
        ... ).steps[0].name
        'email'
    """

    delay: timedelta = timedelta(0)
    unless: tuple[Event, ...] = ()

    @property
    def kind(self) -> str:
        """Say `campaign`."""
        return "campaign"

    def _check(self) -> None:
        super()._check()
        object.__setattr__(self, "unless", tuple(self.unless))
        if any(not isinstance(step, Message | SendWebhook) for step in self.steps):
            raise self._error("has a step that only a Canvas can have: it sends messages only.")
        if self.delay < timedelta(0):
            raise self._error("has a delay that ends before it begins.")
        if self.unless and not self.delay:
            raise self._error("has exception events but no delay in which they could happen.")


@dataclass(frozen=True, kw_only=True)
class Canvas(_Flow):
    """Declare a Canvas.

    Args:
        name: Its name.
        trigger: How users enter.
        steps: The steps, from top to bottom; a decision holds those of its two ways.
        audience: Filters; a user must pass them all to enter.
        reeligible: Whether a user may enter again, and how long after the last entry; `True` is
            at once.
        conversion: What counts as a conversion.
        id: Its API id; made from the name if not given, always the same.
        key: Name of the sandbox's API key that stands where a webhook says `YOUR_API_KEY`.
        editor: `flow` is today's. In the `original` editor, which the article of 2022 was written
            for, the first step can read `event_properties`; today's cannot.

    Raises:
        CampaignError: If Braze could not have such a Canvas.
    """

    editor: Editor = "flow"

    @property
    def kind(self) -> str:
        """Say `Canvas`."""
        return "Canvas"

    def _check(self) -> None:
        super()._check()
        if self.editor not in {"flow", "original"}:
            raise self._error(f'has the editor {self.editor!r}: "flow" or "original".')


Flow = Campaign | Canvas
"""Either of them."""


def _named(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Give every step a name of its own: `webhook`, `webhook 2` ... where it has none."""
    taken = [step.name for step in every_step(steps) if step.name]
    twice = next((name for name in taken if taken.count(name) > 1), None)
    if twice:
        raise CampaignError(f"Two steps are called {twice!r}: give each a name of its own.")
    used = set(taken)

    def name(kind: str) -> str:
        free = next(n for n in _numbered(kind) if n not in used)
        used.add(free)
        return free

    return _with_names(steps, name)


def _with_names(steps: Sequence[Step], name: Callable[[str], str]) -> tuple[Step, ...]:
    named: list[Step] = []
    for step in steps:
        step = step if step.name else replace(step, name=name(str(step).partition(" of ")[0]))
        if isinstance(step, Decide):
            step = replace(step, yes=_with_names(step.yes, name), no=_with_names(step.no, name))
        named.append(step)
    return tuple(named)


def _numbered(kind: str) -> Iterator[str]:
    yield kind
    number = 2
    while True:
        yield f"{kind} {number}"
        number += 1


def _flat(filters: Sequence[Filter]) -> Iterator[Filter]:
    for each in filters:
        if isinstance(each, AnyOf):
            yield from _flat(each.filters)
        else:
            yield each
