"""One row through a webhook: its cells become a context, its request is rendered and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from b2bkit.addresses import Address
from b2bkit.bulk.rendering import bodies
from b2bkit.bulk.values import Problem, read_value
from b2bkit.liquid import Aborted, Context, Template, TemplateError
from b2bkit.webhook import PartError, Request, Webhook, WebhookError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bkit.bulk.rendering.bodies import Content
    from b2bkit.bulk.rendering.setup import Setup

_MARKUP = ("{{", "{%")


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a rendered request goes, and whether its body is taken apart.

    Args:
        method: HTTP method.
        url: The whole address.
        headers: Names and values.
        kind: `track`, `trigger` or `whole`.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    kind: str

    @classmethod
    def of(cls, request: Request) -> Place:
        """Give the place of a request."""
        path = Address.read(request.url).path
        kind = "whole"
        if request.method == "POST":
            kind = "track" if path in bodies.TRACK else kind
            kind = "trigger" if path in bodies.TRIGGERS else kind
        return cls(request.method, request.url, tuple(request.headers.items()), kind)


class RowRenderer:
    """Render one row after the other.

    Args:
        setup: What all rows have in common.

    Raises:
        TemplateError: If the webhook's Liquid is wrong.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._webhook = Webhook.from_toml(setup.webhook)
        self._now = datetime.fromisoformat(setup.now)
        # One context serves all rows: its mappings are filled anew for each.
        self._spaces: dict[str, dict[str, Any]] = {}
        for each in setup.inputs:
            self._spaces.setdefault(each.namespace, {})[each.name] = None
        self._context = Context(**self._spaces, now=self._now)
        self._inputs = [
            (self._spaces[each.namespace], each.name, each.column, each.type, each.told)
            for each in setup.inputs
        ]
        self._fixed = _fixed_place(self._webhook)
        body = self._webhook.body
        self._body = Template(body) if self._fixed and isinstance(body, str) else None

    @property
    def fixed(self) -> Place | None:
        """Give where all requests go; `None` where that depends on the row."""
        return self._fixed

    def render(self, cells: Sequence[str], who: str) -> tuple[Place, Content] | Problem:
        """Render a row.

        Args:
            cells: Its cells, in the order of the inputs.
            who: Its identifier.
        """
        problem = self._fill(cells)
        if problem:
            return problem
        try:
            place, body = self._rendered()
        except Aborted as stop:
            return Problem(self._abort(stop.reason))
        except TemplateError as error:
            part = error.part if isinstance(error, PartError) else "body"
            return Problem(f"the Liquid of the {part} fails in line {error.line}")
        except WebhookError as error:
            return Problem(f"the {error.part or 'request'} cannot be sent as it is rendered")
        return self._taken_apart(place, body, who)

    def _fill(self, cells: Sequence[str]) -> Problem | None:
        null = self._setup.null
        for cell, (space, name, column, type_, told) in zip(cells, self._inputs, strict=True):
            if not cell or cell == null:
                space[name] = None
            elif type_ == "text":
                space[name] = cell
            else:
                value = read_value(type_, cell, told=told)
                if isinstance(value, Problem):
                    return Problem(value.reason, f"{column}\n{value.found}")
                space[name] = value.value
        return None

    def _rendered(self) -> tuple[Place, str | None]:
        if self._fixed is not None and self._body is not None:
            return self._fixed, self._body.render(self._context)
        request = self._webhook.render(self._context)
        return self._fixed or Place.of(request), request.body

    def _taken_apart(
        self, place: Place, body: str | None, who: str
    ) -> tuple[Place, Content] | Problem:
        content: Content | Problem | None = None
        if place.kind != "whole":
            read = bodies.read_json(body or "")
            if isinstance(read, Problem):
                return read
            if place.kind == "track":
                content = bodies.track(read, self._setup.objects, self._now)
            else:
                content = bodies.trigger(read)
        elif _says_json(place):
            read = bodies.read_json(body) if body else None
            if isinstance(read, Problem):
                return read
        if content is None:
            content = bodies.whole(body or "", place.method, Address.read(place.url).path, who)
        if isinstance(content, Problem):
            return content
        if sum(len(data) for _, data, _ in content.parts) > self._setup.size:
            return bodies.TOO_LARGE
        return place, content

    def _abort(self, reason: str) -> str:
        """Name the reason of an abort, where the author wrote it and no cell is in it."""
        known = reason and any(reason in str(it) for it in (self._webhook.body, self._webhook.url))
        return f"the webhook aborts: {reason}" if known else "the webhook aborts"


def _fixed_place(webhook: Webhook) -> Place | None:
    texts = (webhook.url, *webhook.headers.values())
    if any(mark in text for text in texts for mark in _MARKUP):
        return None
    return Place.of(Request(webhook.method, webhook.url, webhook.headers))


def _says_json(place: Place) -> bool:
    return any(name.lower() == "content-type" and "json" in it for name, it in place.headers)
