"""What a draft comes to: fields, webhook, request, findings, or what is in the way. Pure.

While something is in the way - Liquid that does not parse, a name that cannot be used - the last
good request stays to be seen, marked as stale.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from b2bkit.errors import B2bkitError
from b2bkit.liquid import TemplateError
from b2bkit.ui.explorer.slots import (
    Slot,
    filled,
    keys_by_position,
    sample_fields,
    slots_of,
)
from b2bkit.use_cases import use_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.braze.instances import Instance
    from b2bkit.findings import Finding
    from b2bkit.liquid import Context
    from b2bkit.ui.explorer.draft import Draft
    from b2bkit.use_cases import UseCase
    from b2bkit.webhook import Request, Webhook


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what is in the way of a request.

    Args:
        message: The sentence.
        place: Where, in words; blank where there is no place to name.
        excerpt: The author's line with a caret under the place.
    """

    message: str
    place: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Look:
    """Hold what is to be seen of a draft.

    Args:
        use_case: The use case under the names that can be used.
        webhook: The webhook, with the edited body if there is one.
        slots: The fields to fill in.
        context: What the fields make.
        request: What would be sent; `None` when the message is aborted or nothing can be made.
        aborted: Why Braze would send nothing; `None` when it would.
        findings: What was found out about the request.
        problem: What is in the way; then the rest is as it last was.
        name_problems: Placeholder -> why its name cannot be used.
    """

    use_case: UseCase
    webhook: Webhook
    slots: tuple[Slot, ...]
    context: Context
    request: Request | None
    aborted: str | None = None
    findings: tuple[Finding, ...] = ()
    problem: Problem | None = None
    name_problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_stale(self) -> bool:
        """Tell whether the request is one of before, because something is in the way."""
        return self.problem is not None


def look(draft: Draft, before: Look | None = None, home: Instance | None = None) -> Look:
    """Work out what a draft comes to.

    Args:
        draft: What was chosen and typed.
        before: What stays to be seen when something is wrong.
        home: The live instance that is sent to. Its REST address then stands in the URL, as it
            would in Braze; a use case names another one only as an example.

    Raises:
        B2bkitError: If something is wrong and there is no `before`.
    """
    try:
        chosen = _use_case(draft.use_case, draft.variant, _pairs(draft.names))
    except B2bkitError as error:
        if before is None:
            raise
        slots = _slots(before.webhook, before.use_case, draft)
        why = _name_problems(draft)
        return replace(before, slots=slots, problem=_problem(error), name_problems=why)
    try:
        return _looked(draft, chosen, home)
    except B2bkitError as error:
        if before is None:
            raise
        slots = _slots(before.webhook, chosen, draft)
        return replace(
            before, use_case=chosen, slots=slots, problem=_problem(error), name_problems={}
        )


def _looked(draft: Draft, chosen: UseCase, home: Instance | None) -> Look:
    webhook = _webhook(chosen.webhook, draft.body, home)
    slots = _slots(webhook, chosen, draft)
    context = filled(chosen.sample, slots)
    preview = webhook.preview(context)
    if preview.request is None and preview.aborted is None:
        webhook.render(context)  # raises what is in the way, with its place
    return Look(
        use_case=chosen,
        webhook=webhook,
        slots=slots,
        context=context,
        request=preview.request,
        aborted=preview.aborted,
        findings=preview.findings,
        problem=_unreadable(slots),
    )


def _slots(webhook: Webhook, chosen: UseCase, draft: Draft) -> tuple[Slot, ...]:
    keys = _keys(draft.use_case, draft.variant, _pairs(chosen.names))
    return slots_of(webhook.fields, chosen.sample, draft.entries, keys)


def _pairs(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names.items()))


@lru_cache(maxsize=64)
def _use_case(of: str, variant: str, names: tuple[tuple[str, str], ...]) -> UseCase:
    return use_case(of, variant, **dict(names))


@lru_cache(maxsize=64)
def _webhook(webhook: Webhook, body: str | None, home: Instance | None) -> Webhook:
    """Put an edited body, and the address of the instance that is chosen, into a webhook."""
    if body is None and home is None:
        return webhook
    return replace(
        webhook,
        url=home.url_here(webhook.url) if home else webhook.url,
        body=webhook.body if body is None else body,
    )


@lru_cache(maxsize=64)
def _keys(of: str, variant: str, names: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Pair the fields under these names with those under the use case's own placeholders."""
    now = _use_case(of, variant, names)
    then = _use_case(of, variant, tuple((placeholder, placeholder) for placeholder, _ in names))
    return keys_by_position(now.webhook.fields, then.webhook.fields) | keys_by_position(
        sample_fields(now.sample), sample_fields(then.sample)
    )


def _problem(error: B2bkitError) -> Problem:
    part = getattr(error, "part", "")
    if not isinstance(error, TemplateError):
        return Problem(str(error), part)
    of_block = f" of the content block {error.block}" if error.block else ""
    place = f"line {error.line}, column {error.column}{of_block}"
    return Problem(error.message, ", ".join(filter(None, [part, place])), error.excerpt)


def _unreadable(slots: tuple[Slot, ...]) -> Problem | None:
    """Point at a field whose text cannot be read yet."""
    return next(
        (Problem(slot.entry.problem, slot.label) for slot in slots if slot.entry.problem), None
    )


def _name_problems(draft: Draft) -> Mapping[str, str]:
    """Say for each name that cannot be used why, trying them one by one."""
    problems = {}
    for placeholder, name in draft.names.items():
        try:
            _use_case(draft.use_case, draft.variant, ((placeholder, name),))
        except B2bkitError as error:
            problems[placeholder] = str(error)
    return problems
