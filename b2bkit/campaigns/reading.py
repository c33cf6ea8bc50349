"""Read campaigns and Canvases from TOML. The format is described in `read_flows`."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.flows import Campaign, Canvas, Editor, Flow
from b2bkit.campaigns.parts import Part
from b2bkit.campaigns.reading_triggers import conversion_of, event_of, filter_of, trigger_of
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
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.campaigns.triggers import Trigger


def read_flows(source: str | Path) -> tuple[Flow, ...]:
    """Read the campaigns and Canvases of a TOML file.

    ```toml
    [[campaign]]
    name = "Count views"
    reeligible = true                     # or { days = 1 }; never, if not given

    [campaign.trigger]                    # Perform Custom Event, Make Purchase, Receive Message,
    action = "Perform Custom Event"       # Interact With Message, Change Custom Attribute Value,
    event = "Opened app"                  # API-Triggered, Scheduled
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
    file = "count.toml"                   # a saved webhook, from the folder of this file; or here:
    # url = "https://rest.iad-06.braze.com/users/track"
    # body = '{"attributes": [{"external_id": "{{${user_id}}}", "views": {"inc": 1}}]}'
    # headers = { Content-Type = "application/json", Authorization = "Bearer YOUR_API_KEY" }
    ```

    Args:
        source: The path of the file; or the TOML itself, when it holds a line break.

    Raises:
        CampaignError: If something in it cannot be; the message names file, campaign and step.
    """
    text, name, folder = _text_of(source)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(f"{name} is not TOML: {error}.") from error
    whole = Part(tables, name, folder)
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
    return trigger_of(Part(dict(table), place, Path()))


def _text_of(source: str | Path) -> tuple[str, str, Path]:
    if isinstance(source, str) and "\n" in source:
        return source, "the TOML", Path()
    path = Path(source)
    try:
        return path.read_text("utf-8"), path.name, path.parent
    except (OSError, UnicodeDecodeError) as error:
        raise CampaignError(f"{path} cannot be read: {error}.") from error


def _campaign(part: Part) -> Campaign:
    common = _common(part)
    delay = part.span("delay", timedelta(0))
    unless = tuple(event_of(each) for each in part.parts("unless", "exception event"))
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
        again = Part({"reeligible": again}, part.place, part.folder).span("reeligible")
    elif not isinstance(again, bool):
        raise part.error("'reeligible' must be true, false or a span such as { days = 1 }.")
    return {
        "name": name,
        "id": part.take("id", str, ""),
        "key": part.take("key", str, "all"),
        "reeligible": again,
        "trigger": trigger_of(part.part("trigger")),
        "audience": tuple(filter_of(each) for each in part.parts("audience", "audience filter")),
        "conversion": conversion_of(part.part("conversion")) if part.has("conversion") else None,
        "steps": tuple(_step(each) for each in part.parts("step", "step")),
    }


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
    webhook = _saved_webhook(part) if part.has("file") else _webhook_here(part)
    _ = webhook.fields  # wrong Liquid is said here, not days later in a run
    return SendWebhook(webhook, name)


def _webhook_here(part: Part) -> Webhook:
    return Webhook(
        url=part.take("url", str),
        method=part.take("method", str, "POST"),
        headers=part.take("headers", dict, {}),
        body=part.anything("body"),
    )


def _saved_webhook(part: Part) -> Webhook:
    path = part.folder / part.take("file", str)
    try:
        return Webhook.from_toml(path)
    except (OSError, UnicodeDecodeError) as error:
        raise part.error(f"{path} cannot be read: {error}.") from error


def _context(part: Part, name: str) -> SetContext:
    variables = part.take("variables", dict)
    return SetContext(tuple(_variable(part, *pair) for pair in variables.items()), name)


def _variable(part: Part, name: str, given: Any) -> Variable:
    if isinstance(given, str):
        return Variable(name, given)
    inner = part.inside(given, f"variable {name!r}")
    kind: Any = inner.take("type", str, "text")
    variable = Variable(name, inner.take("value", str), kind)
    inner.end()
    return variable


def _decision(part: Part, name: str) -> Decide:
    filters = tuple(filter_of(each) for each in part.parts("when", "filter"))
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
