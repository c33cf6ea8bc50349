"""Read campaigns and Canvases from TOML. The format is described in `read_flows`."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns.conditions import Attribute, ContextVariable, Where
from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.filters import AnyOf, Did, Filter
from b2bkit.campaigns.flows import Campaign, Canvas, Conversion, Editor, Flow
from b2bkit.campaigns.parts import Part
from b2bkit.campaigns.steps import (
    Decide,
    Delay,
    Message,
    SendWebhook,
    SetContext,
    Step,
    UpdateUser,
    Variable,
)
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
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def read_flows(source: str | Path) -> tuple[Flow, ...]:
    """Read the campaigns and Canvases of a TOML file.

    ```toml
    [[campaign]]
    name = "Count views"
    reeligible = true                     # or { days = 1 }; never, if not given

    [campaign.trigger]                    # custom event, purchase, receive message,
    type = "custom event"                 # interact with message, change attribute, api, schedule
    event = "Opened app"
    where = [{ property = "screen", is = "equals", value = "home" }]

    [[campaign.audience]]                 # or: event = "...", did = false, within = { days = 7 }
    attribute = "views"                   # or: any = [{ ... }, { ... }]
    is = "less than"
    value = 3

    [campaign.conversion]
    purchase = true                       # or a product id; or: event = "..."
    within = { days = 3 }

    [[campaign.step]]                     # message, webhook; in a [[canvas]] also delay,
    type = "webhook"                      # user update, context, decision
    url = "https://rest.iad-06.braze.com/users/track"
    method = "POST"
    body = '{"attributes": [{"external_id": "{{${user_id}}}", "views": {"inc": 1}}]}'
    headers = { Content-Type = "application/json", Authorization = "Bearer YOUR_API_KEY" }
    ```

    Args:
        source: The path of the file; or the TOML itself, when it holds a line break.

    Raises:
        CampaignError: If something in it cannot be; the message names file, campaign and step.
    """
    text, name = _text_of(source)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(f"{name} is not TOML: {error}.") from error
    whole = Part(tables, name)
    flows: list[Flow] = [
        *(_campaign(part) for part in whole.parts("campaign", "campaign")),
        *(_canvas(part) for part in whole.parts("canvas", "Canvas")),
    ]
    whole.end()
    if not flows:
        raise CampaignError(f"{name} declares nothing: it needs a [[campaign]] or a [[canvas]].")
    return tuple(flows)


def read_trigger(table: Mapping[str, Any], place: str = "the trigger") -> Trigger:
    """Read a trigger from a table, such as the one of a use case; `place` begins complaints.

    Raises:
        CampaignError: If it cannot be read.
    """
    return _trigger(Part(dict(table), place))


def _text_of(source: str | Path) -> tuple[str, str]:
    if isinstance(source, str) and "\n" in source:
        return source, "the TOML"
    path = Path(source)
    try:
        return path.read_text("utf-8"), path.name
    except (OSError, UnicodeDecodeError) as error:
        raise CampaignError(f"{path} cannot be read: {error}.") from error


def _campaign(part: Part) -> Campaign:
    common = _common(part)
    delay = part.span("delay", timedelta(0))
    unless = tuple(_event(each) for each in part.parts("unless", "exception event"))
    part.end()
    with part.making():
        return Campaign(**common, delay=delay, unless=unless)


_EDITORS: dict[str, Editor] = {"flow": "flow", "original": "original"}


def _canvas(part: Part) -> Canvas:
    common = _common(part)
    editor = part.choice("editor", _EDITORS, "flow")
    part.end()
    with part.making():
        return Canvas(**common, editor=editor)


def _common(part: Part) -> dict[str, Any]:
    name = part.take("name", str)
    part.place = f'{part.place.rpartition(" ")[0]} "{name}"'
    again: Any = part.anything("reeligible", default=False)
    if isinstance(again, dict):
        again = Part({"reeligible": again}, part.place).span("reeligible")
    elif not isinstance(again, bool):
        raise part.error("'reeligible' must be true, false or a span such as { days = 1 }.")
    return {
        "name": name,
        "id": part.take("id", str, ""),
        "key": part.take("key", str, "all"),
        "reeligible": again,
        "trigger": _trigger(part.part("trigger")),
        "audience": tuple(_filter(each) for each in part.parts("audience", "audience filter")),
        "conversion": _conversion(part.part("conversion")) if part.has("conversion") else None,
        "steps": tuple(_step(each) for each in part.parts("step", "step")),
    }


def _trigger(part: Part) -> Trigger:
    read = part.choice("type", _TRIGGERS)
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
    sender, action = part.take("from", str), part.take("action", str, "")
    return InteractWithMessage(sender, action, part.take("step", str, ""))


def _schedule(part: Part) -> Schedule:
    at, until = part.anything("at"), part.anything("until")
    if not isinstance(at, datetime | time | None):
        raise part.error("'at' must be a moment (2026-01-31T09:00:00Z) or a time (09:00:00).")
    if not isinstance(until, datetime | None):
        raise part.error("'until' must be a moment such as 2026-01-31T09:00:00Z.")
    return Schedule(at, part.span("every") if part.has("every") else None, until)


_TRIGGERS: dict[str, Callable[[Part], Trigger]] = {
    "custom event": _perform_event,
    "purchase": _make_purchase,
    "receive message": _receive,
    "interact with message": _interact,
    "change attribute": lambda part: ChangeAttribute(
        part.take("attribute", str), part.anything("to", ANY)
    ),
    "api": lambda _: ApiTrigger(),
    "schedule": _schedule,
}


def _event(part: Part) -> PerformEvent | MakePurchase:
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


def _conversion(part: Part) -> Conversion:
    within = part.span("within", timedelta(days=3))
    with part.making():
        return Conversion(_event(part), within)


def _filter(part: Part) -> Filter:
    if part.has("any"):
        choices = tuple(_filter(each) for each in part.parts("any", "choice"))
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
            sender, action = part.take("interacted", str), part.take("action", str, "")
            what = InteractWithMessage(sender, action, part.take("step", str, ""))
        elif part.has("event") or part.has("purchase"):
            return Did(_event(part), times if did else 0, within, since)
        else:
            raise part.error(
                "a filter needs one of attribute, context, event, purchase, received, interacted "
                "or any."
            )
        part.end()
        return Did(what, times if did else 0, within, since)


def _step(part: Part) -> Step:
    read = part.choice("type", _STEPS)
    name = part.take("name", str, "")
    if name:
        part.place = f"{part.place} ({name!r})"
    with part.making():
        step = read(part, name)
    part.end()
    return step


def _webhook(part: Part, name: str) -> SendWebhook:
    webhook = Webhook(
        url=part.take("url", str),
        method=part.take("method", str, "POST"),
        headers=part.take("headers", dict, {}),
        body=part.anything("body"),
    )
    _ = webhook.fields  # wrong Liquid is said here, not days later in a run
    return SendWebhook(webhook, name)


def _context(part: Part, name: str) -> SetContext:
    variables = part.take("variables", dict)
    return SetContext(tuple(_variable(part, *pair) for pair in variables.items()), name)


def _variable(part: Part, name: str, given: Any) -> Variable:
    if isinstance(given, str):
        return Variable(name, given)
    inner = Part(given, f"{part.place}, variable {name!r}")
    kind: Any = inner.take("type", str, "text")
    variable = Variable(name, inner.take("value", str), kind)
    inner.end()
    return variable


def _decision(part: Part, name: str) -> Decide:
    filters = tuple(_filter(each) for each in part.parts("when", "filter"))
    yes = tuple(_step(each) for each in part.parts("yes", "way yes, step"))
    no = tuple(_step(each) for each in part.parts("no", "way no, step"))
    return Decide(filters, yes, no, name)


_STEPS: dict[str, Callable[[Part, str], Step]] = {
    "message": lambda part, name: Message(
        part.take("text", str), part.take("channel", str, "email"), name
    ),
    "webhook": _webhook,
    "delay": lambda part, name: Delay(part.span("duration"), name),
    "user update": lambda part, name: UpdateUser(part.take("body", str), name),
    "context": _context,
    "decision": _decision,
}
