"""What the REST side applied, told to whoever listens: its one way to the messaging side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.profiles import Changes


@dataclass(frozen=True, slots=True)
class Applied:
    """Tell that an object was applied to a profile.

    Args:
        time: When.
        changes: What it did: the profile before and after, attributes, events, purchases.
    """

    time: datetime
    changes: Changes


@dataclass(frozen=True, slots=True)
class Recipient:
    """Name one recipient of a trigger.

    Args:
        braze_id: The profile's id.
        properties: The recipient's own `trigger_properties` or `context`.
    """

    braze_id: str
    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Triggered:
    """Tell that a campaign, a Canvas or a message was triggered through the API.

    Args:
        time: When.
        kind: What was triggered.
        id: Id of the campaign or Canvas; blank for a message without one.
        recipients: The profiles that were found; empty for a broadcast.
        properties: The `trigger_properties` or `context` for all recipients.
        broadcast: Whether it went to an audience instead of recipients.
    """

    time: datetime
    kind: Literal["campaign", "canvas", "message"]
    id: str
    recipients: tuple[Recipient, ...] = ()
    properties: Mapping[str, Any] | None = None
    broadcast: bool = False


Happening = Applied | Triggered
Listener = Callable[[Happening], None]


class Feed:
    """Tell listeners what happened, in order. A listener must be quick and must not raise."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the function given back removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, happening: Happening) -> None:
        """Tell every listener."""
        for listener in tuple(self._listeners):
            listener(happening)
