"""What the REST side did, told to whoever listens: its one way to the messaging side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from b2bkit.profiles import Changes


@dataclass(frozen=True, slots=True)
class Applied:
    """Tell that an object was applied to a profile, or that all of it was left out.

    Args:
        time: When.
        changes: What it did: the profile before and after, attributes, events, purchases.
        cause: The token that came with the request; blank for none.
    """

    time: datetime
    changes: Changes
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """Tell that a profile was put, merged away or deleted, so that what was known of it is void.

    Args:
        time: When.
        braze_id: The profile's id; `None` for all profiles.
        cause: The token that came with the request; blank for none.
    """

    time: datetime
    braze_id: str | None = None
    cause: str = ""


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
        cause: The token that came with the request; blank for none.
    """

    time: datetime
    kind: Literal["campaign", "canvas", "message"]
    id: str
    recipients: tuple[Recipient, ...] = ()
    properties: Mapping[str, Any] | None = None
    broadcast: bool = False
    cause: str = ""


Happening = Applied | Replaced | Triggered
Listener = Callable[[Happening], None]


class Feed:
    """Tell listeners what happened, in order. A listener must be quick and must not raise."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the function given back removes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, happenings: Iterable[Happening], cause: str = "") -> None:
        """Tell every listener, with the token of the request that led to it."""
        if not self._listeners:
            return
        for happening in happenings:
            told = replace(happening, cause=cause) if cause else happening
            for listener in tuple(self._listeners):
                listener(told)
