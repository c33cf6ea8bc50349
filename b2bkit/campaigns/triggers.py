"""What makes a campaign or a Canvas start for a user, in the words of Braze's dashboard.

Source: Braze, Action-based delivery (2025), Attribute triggers (2023).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.campaigns.errors import CampaignError

if TYPE_CHECKING:
    from b2bkit.campaigns.conditions import Where
    from b2bkit.campaigns.deeds import Deed

ANY = "any new value"
"""Stands for any value but null in `ChangeAttribute`."""

_SCALAR = (bool, int, float, str)


@dataclass(frozen=True, slots=True)
class PerformEvent:
    """Start when a user performs a custom event.

    Args:
        name: The event.
        where: What its properties must be; all of it.
    """

    name: str
    where: tuple[Where, ...] = ()

    def __post_init__(self) -> None:
        _check_name(self.name, "event")
        object.__setattr__(self, "where", tuple(self.where))

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is what it waits for."""
        return deed.kind == "event" and deed.name == self.name and _hold(self.where, deed)

    def __str__(self) -> str:
        return f'event "{self.name}"{_written(self.where)}'


@dataclass(frozen=True, slots=True)
class MakePurchase:
    """Start when a user buys something.

    Args:
        product: The product id; `None` for any.
        where: What its properties must be; `price`, `currency` and `quantity` count as such.
    """

    product: str | None = None
    where: tuple[Where, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", tuple(self.where))

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is what it waits for."""
        product = self.product in {None, deed.name}
        return deed.kind == "purchase" and product and _hold(self.where, deed)

    def __str__(self) -> str:
        product = "any purchase" if self.product is None else f'purchase "{self.product}"'
        return f"{product}{_written(self.where)}"


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """Start when a user receives a message of a campaign or a Canvas; a webhook is a message.

    Args:
        sender: Name or id of the campaign or Canvas.
        step: The step; blank for any.
    """

    sender: str
    step: str = ""

    def __post_init__(self) -> None:
        _check_name(self.sender, "campaign or Canvas")

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is what it waits for."""
        return deed.kind == "received" and _is_from(deed, self.sender, self.step)

    def __str__(self) -> str:
        return f'message of "{self.sender}"{_of_step(self.step)}'


@dataclass(frozen=True, slots=True)
class InteractWithMessage:
    """Start when a user does something with a message.

    Args:
        sender: Name or id of the campaign or Canvas.
        action: What is done, such as `opened` or `clicked`; blank for anything.
        step: The step; blank for any.
    """

    sender: str
    action: str = ""
    step: str = ""

    def __post_init__(self) -> None:
        _check_name(self.sender, "campaign or Canvas")

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is what it waits for."""
        done = deed.kind == "interacted" and self.action in {"", deed.action}
        return done and _is_from(deed, self.sender, self.step)

    def __str__(self) -> str:
        return f'{self.action or "interaction"} with "{self.sender}"{_of_step(self.step)}'


@dataclass(frozen=True, slots=True)
class ChangeAttribute:
    """Start when a custom attribute changes: not when the same value comes again, nor to null.

    Arrays and objects start nothing. A new user's attribute changes too.

    Args:
        name: The custom attribute.
        to: The value it must change to; any but null if not given.
    """

    name: str
    to: Any = ANY

    def __post_init__(self) -> None:
        _check_name(self.name, "attribute")
        if self.name in RESERVED_FIELDS:
            raise CampaignError(
                f'"{self.name}" is a standard attribute: Braze starts campaigns on changes of '
                "custom attributes only."
            )
        if not isinstance(self.to, _SCALAR):
            raise CampaignError(
                f'A change of "{self.name}" can be to a text, a number, true or false, not to '
                f"{self.to!r}."
            )

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is what it waits for."""
        if deed.kind != "attribute" or deed.name != self.name:
            return False
        if not isinstance(deed.after, _SCALAR):
            return False
        if self.to == ANY:
            return True
        return deed.after == self.to and isinstance(deed.after, bool) is isinstance(self.to, bool)

    def __str__(self) -> str:
        return f'attribute "{self.name}"' + ("" if self.to == ANY else f" to {self.to!r}")


@dataclass(frozen=True, slots=True)
class ApiTrigger:
    """Start when `/campaigns/trigger/send` or `/canvas/trigger/send` names this one's id."""

    def matches(self, deed: Deed) -> bool:
        """Tell whether this is an API trigger; whom it names is for the engine to say."""
        return deed.kind == "api"

    def __str__(self) -> str:
        return "API trigger"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Start at a time, for everybody in the audience.

    Args:
        at: When: a moment (without a zone: UTC); a time of day, the next one after launch; or
            `None`, at launch.
        every: After how long again; `None` for once. A day counts 24 hours.
        until: No start after this moment.
    """

    at: datetime | time | None = None
    every: timedelta | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if self.every is not None and self.every < timedelta(minutes=1):
            raise CampaignError("A schedule repeats after one minute at the soonest.")

    def matches(self, deed: Deed) -> bool:  # noqa: ARG002 - asked of all triggers alike
        """Tell that no deed starts it."""
        return False

    def __str__(self) -> str:
        when = "launch" if self.at is None else self.at.isoformat(timespec="minutes")
        again = "" if self.every is None else f", every {in_words(self.every)}"
        return f"schedule: {when}{again}"


Trigger = (
    PerformEvent
    | MakePurchase
    | ReceiveMessage
    | InteractWithMessage
    | ChangeAttribute
    | ApiTrigger
    | Schedule
)
"""Any of the triggers."""


def in_words(span: timedelta) -> str:
    """Write a span of time as a person says it, such as `3 days` or `1 hour 30 minutes`."""
    seconds = int(span.total_seconds())
    parts = []
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}" + ("" if count == 1 else "s"))
    return " ".join(parts) or "0 seconds"


def _check_name(name: str, what: str) -> None:
    if not isinstance(name, str) or not name.strip():
        raise CampaignError(f"A trigger needs the name of its {what}.")


def _hold(conditions: tuple[Where, ...], deed: Deed) -> bool:
    return all(each.holds(deed.properties, deed.time) for each in conditions)


def _is_from(deed: Deed, sender: str, step: str) -> bool:
    return sender in {deed.name, deed.id} and step in {"", deed.step}


def _written(conditions: tuple[Where, ...]) -> str:
    return f" where {' and '.join(map(str, conditions))}" if conditions else ""


def _of_step(step: str) -> str:
    return f', step "{step}"' if step else ""
