"""The steps of a campaign or a Canvas, as Braze's builders offer them.

What a step does when a user reaches it is decided in `b2bkit.messaging`.

Sources: Braze, Message step, Delay, User Update, Canvas context, Decision split (2023 to 2026).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.triggers import in_words
from b2bkit.liquid import Template
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from b2bkit.campaigns.filters import Filter

LONGEST_DELAY = timedelta(days=730)
"""Delay steps reach two years. Source: Braze, Delay (2025)."""

MOST_VARIABLES = 10
"""Variables in one Context step. Source: Braze, Canvas context (2026-09-02)."""

USER_UPDATE_CHARACTERS = 65_536
"""Length of a User Update's JSON. Source: Braze, User Update (2026)."""

_NOT_IN_AN_UPDATE = ("external_id", "api_key", "push_token_import")

VariableType = Literal["text", "number", "boolean", "time", "array", "object"]


@dataclass(frozen=True, slots=True)
class Message:
    """Send a message: it is rendered and written down, nothing leaves this machine.

    Args:
        text: The message, in Liquid.
        channel: `email`, `push`, `in-app message`, `content card`, `sms` ...
        name: What the step is called.
    """

    text: str
    channel: str = "email"
    name: str = ""

    def __post_init__(self) -> None:
        Template(self.text)

    def __str__(self) -> str:
        return self.channel


@dataclass(frozen=True, slots=True)
class SendWebhook:
    """Send a webhook.

    Args:
        webhook: The webhook.
        name: What the step is called.
    """

    webhook: Webhook
    name: str = ""

    def __str__(self) -> str:
        return "webhook"


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait. A day counts 24 hours.

    Args:
        duration: How long.
        name: What the step is called.
    """

    duration: timedelta
    name: str = ""

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.duration <= LONGEST_DELAY:
            raise CampaignError("A delay lasts from 0 seconds to two years (730 days).")

    def __str__(self) -> str:
        return f"delay of {in_words(self.duration)}"


@dataclass(frozen=True, slots=True)
class UpdateUser:
    """Change the profile without a webhook, as the User Update step of a Canvas.

    The user goes on only when the change is done; no key, no rate limit.

    Args:
        body: `attributes`, `events` or `purchases` as in `/users/track`, in JSON with Liquid,
            but without naming the user.
        name: What the step is called.
    """

    body: str
    name: str = ""

    def __post_init__(self) -> None:
        Template(self.body)
        if len(self.body) > USER_UPDATE_CHARACTERS:
            raise CampaignError(
                f"A User Update holds at most {USER_UPDATE_CHARACTERS:,} characters; this one has "
                f"{len(self.body):,}."
            )
        named = next((n for n in _NOT_IN_AN_UPDATE if json.dumps(n) in self.body), None)
        if named:
            raise CampaignError(f"A User Update must not name {named}: Braze knows the user.")

    def __str__(self) -> str:
        return "user update"


@dataclass(frozen=True, slots=True)
class Variable:
    """One context variable.

    Args:
        name: Its name, for `{{context.${name}}}`.
        value: Its value, in Liquid.
        type: What the rendered value must be; a value that is not leaves the variable as it was.
    """

    name: str
    value: str
    type: VariableType = "text"

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CampaignError("A context variable needs a name.")
        if self.type not in get_args(VariableType):
            raise CampaignError(
                f"The context variable {self.name!r} cannot be of type {self.type!r}: "
                f"{', '.join(get_args(VariableType))}."
            )
        Template(self.value)


@dataclass(frozen=True, slots=True)
class SetContext:
    """Set context variables, one after the other; a later one may use an earlier one.

    Args:
        variables: At most 10.
        name: What the step is called.
    """

    variables: tuple[Variable, ...]
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", tuple(self.variables))
        if not 0 < len(self.variables) <= MOST_VARIABLES:
            raise CampaignError(f"A Context step sets one to {MOST_VARIABLES} variables.")

    def __str__(self) -> str:
        return "context"


@dataclass(frozen=True, slots=True)
class Decide:
    """Split into two ways, looked at when the user reaches the step.

    After either way the user goes on with what follows the decision.

    Args:
        filters: All must pass for the way `yes`.
        yes: The steps for those who pass.
        no: The steps for the others.
        name: What the step is called.
    """

    filters: tuple[Filter, ...]
    yes: tuple[Step, ...] = ()
    no: tuple[Step, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", tuple(self.filters))
        object.__setattr__(self, "yes", as_steps(self.yes))
        object.__setattr__(self, "no", as_steps(self.no))
        if not self.filters:
            raise CampaignError("A decision needs at least one filter to decide on.")

    def __str__(self) -> str:
        return "decision"


Step = Message | SendWebhook | Delay | UpdateUser | SetContext | Decide
"""Any of the steps."""


def as_steps(steps: Iterable[Step | Webhook]) -> tuple[Step, ...]:
    """Give steps, with a bare webhook made into the step that sends it."""
    return tuple(SendWebhook(each) if isinstance(each, Webhook) else each for each in steps)


def every_step(steps: Sequence[Step]) -> Iterator[Step]:
    """Go through steps and what lies in both ways of their decisions, from top to bottom."""
    for step in steps:
        yield step
        if isinstance(step, Decide):
            yield from every_step(step.yes)
            yield from every_step(step.no)
