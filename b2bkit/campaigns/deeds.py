"""A deed: one thing that a user did, or that happened to them. Triggers and filters look at these.

The messaging engine writes them down as they happen; nothing here decides what follows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Kind = Literal["event", "purchase", "attribute", "received", "interacted", "converted", "api"]


@dataclass(frozen=True, slots=True)
class Deed:
    """Say what happened to one user.

    Args:
        kind: `event`, `purchase`, `attribute` (it changed), `received` (a message), `interacted`
            (with a message), `converted` or `api` (an API trigger).
        name: The event, product, attribute, campaign or Canvas.
        time: When it happened, with a zone; `at` is its place in the order of arrival.
        properties: Properties of an event or a purchase (its `price`, `currency` and `quantity`
            among them); what an API trigger brought along.
        before: The attribute's value before; `None` for none.
        after: The attribute's value after; `None` for none.
        step: The step of a message.
        action: What was done with a message, such as `clicked`.
        id: The API id of the campaign or Canvas, where `name` is one.
        at: Its place in the order of everything that happened.
    """

    kind: Kind
    name: str
    time: datetime
    properties: Mapping[str, Any] = field(default_factory=dict)
    before: Any = None
    after: Any = None
    step: str = ""
    action: str = ""
    id: str = ""
    at: int = 0
