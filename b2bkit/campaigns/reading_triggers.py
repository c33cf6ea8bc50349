"""Read triggers, filters and conversions from tables of TOML; `reading` describes the format."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns.conditions import Attribute, ContextVariable, Where
from b2bkit.campaigns.filters import AnyOf, Did, Filter
from b2bkit.campaigns.flows import Conversion
from b2bkit.campaigns.triggers import (
    ANY,
    ApiTrigger,
    ChangeAttribute,
    InteractWithMessage,
    MakePurchase,
    PerformEvent,
    ReceiveMessage,
    Schedule,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.campaigns.parts import Part


def trigger_of(part: Part) -> Trigger:
    """Read a trigger: its `action`, and what that action is about."""
    read = part.choice("action", _TRIGGERS)
    with part.making():
        trigger = read(part)
    part.end()
    return trigger


def _where(part: Part) -> tuple[Where, ...]:
    return tuple(
        _condition(each, Where, "property") for each in part.parts("where", "property filter")
    )


def _condition(part: Part, kind: type, subject: str) -> Any:
    name, operator = part.take(subject, str), part.take("is", str, "equals")
    value = part.anything("value")
    part.end()
    with part.making():
        return kind(name, operator, value)


def _perform_event(part: Part) -> PerformEvent:
    return PerformEvent(part.take("event", str), _where(part))


def _make_purchase(part: Part) -> MakePurchase:
    return MakePurchase(part.take("product", str) if part.has("product") else None, _where(part))


def _receive(part: Part) -> ReceiveMessage:
    return ReceiveMessage(part.take("from", str), part.take("step", str, ""))


def _interact(part: Part) -> InteractWithMessage:
    sender, action = part.take("from", str), part.take("interaction", str, "")
    return InteractWithMessage(sender, action, part.take("step", str, ""))


def _schedule(part: Part) -> Schedule:
    at, until = part.anything("at"), part.anything("until")
    if not isinstance(at, datetime | time | None):
        raise part.error("'at' must be a moment (2026-01-31T09:00:00Z) or a time (09:00:00).")
    if not isinstance(until, datetime | None):
        raise part.error("'until' must be a moment such as 2026-01-31T09:00:00Z.")
    return Schedule(at, part.span("every") if part.has("every") else None, until)


_TRIGGERS: dict[str, Callable[[Part], Trigger]] = {
    "perform custom event": _perform_event,
    "make purchase": _make_purchase,
    "receive message": _receive,
    "interact with message": _interact,
    "change custom attribute value": lambda part: ChangeAttribute(
        part.take("attribute", str), part.anything("to", ANY)
    ),
    "api-triggered": lambda _: ApiTrigger(),
    "scheduled": _schedule,
}


def event_of(part: Part) -> PerformEvent | MakePurchase:
    """Read `event = "..."`, or `purchase = true` or `= "product"`, with `where`."""
    if part.has("event"):
        found: PerformEvent | MakePurchase = _perform_event(part)
    else:
        product = part.anything("purchase")
        if product is not True and not isinstance(product, str):
            raise part.error('this needs event = "...", or purchase = true or a product id.')
        found = MakePurchase(None if product is True else product, _where(part))
    part.end()
    return found


def conversion_of(part: Part) -> Conversion:
    """Read a conversion: an event or a purchase, and its deadline."""
    within = part.span("within", timedelta(days=3))
    with part.making():
        return Conversion(event_of(part), within)


def filter_of(part: Part) -> Filter:
    """Read a filter: on an attribute, on context, on what was done, or a choice of filters."""
    if part.has("any"):
        choices = tuple(filter_of(each) for each in part.parts("any", "choice"))
        part.end()
        with part.making():
            return AnyOf(choices)
    if part.has("attribute"):
        return _condition(part, Attribute, "attribute")  # type: ignore[no-any-return]
    if part.has("context"):
        return _condition(part, ContextVariable, "context")  # type: ignore[no-any-return]
    return _did(part)


def _did(part: Part) -> Did:
    did, times = part.take("did", bool, default=True), part.take("times", int, 1)
    within = part.span("within") if part.has("within") else None
    since = part.take("since_entry", bool, default=False)
    with part.making():
        if part.has("received"):
            what: Any = ReceiveMessage(part.take("received", str), part.take("step", str, ""))
        elif part.has("interacted"):
            sender, action = part.take("interacted", str), part.take("interaction", str, "")
            what = InteractWithMessage(sender, action, part.take("step", str, ""))
        elif part.has("event") or part.has("purchase"):
            return Did(event_of(part), times if did else 0, within, since)
        else:
            raise part.error(
                "a filter needs one of attribute, context, event, purchase, received, interacted "
                "or any."
            )
        part.end()
        return Did(what, times if did else 0, within, since)
