"""Take in what is to run: campaigns and Canvases, use cases, or TOML files that declare them."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import (
    AnyOf,
    Campaign,
    CampaignError,
    Canvas,
    Decide,
    Did,
    InteractWithMessage,
    ReceiveMessage,
    SendWebhook,
    read_flows,
    read_trigger,
)
from b2bkit.use_cases import UseCase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from b2bkit.campaigns import Filter, Flow

Declared = Campaign | Canvas | UseCase | str | Path
"""What can be given to run; a path is that of a TOML file."""

_ONE = (Campaign, Canvas, UseCase, str, Path)


def take_in(declared: Iterable[Declared] | Declared) -> tuple[Flow, ...]:
    """Give the campaigns and Canvases of all that is declared.

    Raises:
        CampaignError: If two have one name or id, one waits for a message of none of them, or
            a file or use case cannot be read.
    """
    several = (declared,) if isinstance(declared, _ONE) else declared
    flows = tuple(flow for each in several for flow in _flows_of(each))
    _check_once([flow.name for flow in flows], "called")
    _check_once([flow.id for flow in flows], "given the id")
    for flow in flows:
        for sender, step in _awaited(flow):
            _check_sender(flow, sender, step, flows)
    return flows


def campaigns_of(use_case: UseCase) -> tuple[Campaign, ...]:
    """Make a campaign of each webhook of a use case, started by the trigger it names.

    Users may receive them again at once, as somebody who tries one out expects.

    Raises:
        CampaignError: If a webhook names no trigger.
    """
    return tuple(
        Campaign(
            name=use_case.title if len(use_case.webhooks) == 1 else f"{use_case.title}: {name}",
            trigger=_trigger_of(use_case, name),
            steps=(SendWebhook(webhook, name),),
            reeligible=True,
        )
        for name, webhook in use_case.webhooks.items()
    )


def _flows_of(declared: Declared) -> Iterable[Flow]:
    if isinstance(declared, Campaign | Canvas):
        return (declared,)
    if isinstance(declared, UseCase):
        return campaigns_of(declared)
    if isinstance(declared, str | Path):
        return read_flows(declared)
    raise CampaignError(
        f"{declared!r} is nothing that can run: give a Campaign, a Canvas, a use case, or the "
        "path of a TOML file that declares them."
    )


def _trigger_of(use_case: UseCase, name: str) -> Any:
    trigger = use_case.webhooks[name].trigger
    if not trigger:
        raise CampaignError(
            f"The webhook {name!r} of the use case {use_case.id!r} names no trigger: put it into a "
            "Campaign or a Canvas that says when it is sent."
        )
    return read_trigger(trigger, f"use case {use_case.id}, webhook {name}, trigger")


def _check_once(names: Sequence[str], how: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise CampaignError(f"Two campaigns or Canvases are {how} {twice!r}: change one of them.")


def _awaited(flow: Flow) -> Iterator[tuple[str, str]]:
    """Give the messages that a campaign or Canvas waits for or asks about: sender and step."""
    asked = [flow.trigger, *_asked(flow.audience)]
    for step in flow.every_step:
        if isinstance(step, Decide):
            asked += _asked(step.filters)
    for each in asked:
        if isinstance(each, ReceiveMessage | InteractWithMessage):
            yield each.sender, each.step


def _asked(filters: Iterable[Filter]) -> Iterator[Any]:
    for each in filters:
        if isinstance(each, AnyOf):
            yield from _asked(each.filters)
        elif isinstance(each, Did):
            yield each.what


def _check_sender(flow: Flow, sender: str, step: str, flows: Sequence[Flow]) -> None:
    found = next((each for each in flows if sender in {each.name, each.id}), None)
    if found is None:
        raise CampaignError(
            f'The {flow} waits for a message of "{sender}", and there is none of that name. '
            f"{_did_you_mean(sender, [each.name for each in flows])}"
        )
    steps = [each.name for each in found.every_step]
    if step and step not in steps:
        raise CampaignError(
            f'The {flow} waits for the step "{step}" of "{sender}", which has none of that name. '
            f"{_did_you_mean(step, steps)}"
        )


def _did_you_mean(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{hint}There is: {', '.join(names)}."
