"""`Webhook`: URL, method, headers and body as an author writes them, Liquid included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from b2bkit.headers import Headers
from b2bkit.liquid import Template, TemplateError
from b2bkit.webhook import toml_text
from b2bkit.webhook.errors import PartError, WebhookError
from b2bkit.webhook.findings import (
    key_value_typing,
    not_a_request,
    request_findings,
    template_error,
)
from b2bkit.webhook.request import Request, without_key
from b2bkit.webhook.rules import check_body, checked_method

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from b2bkit.findings import Finding
    from b2bkit.liquid import Call, Context, Field, Preview
    from b2bkit.secrets import Secret


@dataclass(frozen=True, slots=True)
class WebhookPreview:
    """Show what a webhook would send for one user, as far as that is known.

    Args:
        request: The request; `None` when it is aborted, or an error keeps it from being made.
        aborted: The reason why Braze would not send it; `None` means that it would.
        findings: What is wrong, each with its part.
        calls: The Connected Content requests Braze would make, in order.
    """

    request: Request | None
    aborted: str | None
    findings: tuple[Finding, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class Webhook:
    """Hold a webhook as Braze's composer has it.

    URL, header values and body may hold Liquid; each is rendered on its own, so a variable
    assigned in one is unknown in the others, and an abort in one aborts them all. The Liquid is
    parsed when it is first needed.

    A body that is a table stands for Braze's key-value mode: each name and value is rendered on
    its own, and every value is sent as a JSON text (how Braze types them is not documented).

    A key in the `Authorization` header is taken out and replaced by `YOUR_API_KEY`; it is kept
    apart, in `found_key`.

    Args:
        url: The whole address, as in the Compose tab.
        method: `POST`, `GET`, `PUT` or `DELETE`.
        headers: Names and values, as in the Settings tab; order and spelling are kept.
        body: Raw text; a table of names and values; or `None`.

    Raises:
        WebhookError: If Braze could not have such a webhook.
    """

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=Headers)
    body: str | Mapping[str, str] | None = field(default=None, hash=False)
    _found_key: Secret | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        headers, key = without_key(self.headers)
        method = checked_method(self.method)
        check_body(method, self.body)
        object.__setattr__(self, "method", method)
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "_found_key", key)
        if isinstance(self.body, Mapping):
            object.__setattr__(self, "body", dict(self.body))

    @classmethod
    def from_toml(cls, source: str | Path) -> Self:
        """Read a webhook from a TOML text, or from the file at a path.

        Raises:
            WebhookError: If it is not TOML, or not one webhook.
        """
        return cls(**toml_text.read(source))

    def to_toml(self) -> str:
        """Write the webhook as TOML; `from_toml` gives it back. There is no key in it."""
        return toml_text.write(self)

    @property
    def found_key(self) -> Secret | None:
        """Give the key that stood in the `Authorization` header; `None` when there was none."""
        return self._found_key

    def render(self, context: Context | None = None) -> Request:
        """Fill in everything for one user.

        Raises:
            Aborted: If a part calls `{% abort_message %}`.
            TemplateError: If the Liquid of a part is wrong; its `part` says which.
            WebhookError: If what came out cannot be sent, such as a URL with a blank in it.
        """
        return self._request({part: self._rendered(part, context) for part in self._sources})

    def preview(self, context: Context | None = None) -> WebhookPreview:
        """Show what would be sent, and what is wrong with it; wrong Liquid is a finding, too."""
        findings: list[Finding] = []
        previews: dict[str, Preview] = {}
        for part in self._sources:
            try:
                previews[part] = self._previewed(part, context)
            except TemplateError as error:
                findings.append(template_error(part, error))
            else:
                findings += [
                    replace(it, part=_place_in(part, it.part)) for it in previews[part].findings
                ]
        aborts = [it.aborted for it in previews.values() if it.aborted is not None]
        request = None
        if not aborts and len(previews) == len(self._sources):
            request = self._noted({part: it.text for part, it in previews.items()}, findings)
        calls = tuple(call for it in previews.values() for call in it.calls)
        return WebhookPreview(request, aborts[0] if aborts else None, tuple(findings), calls)

    @property
    def fields(self) -> tuple[Field, ...]:
        """List the fields that the webhook reads, each once, in order of their first use.

        Raises:
            TemplateError: If the Liquid of a part is wrong; its `part` says which.
        """
        found: dict[tuple[str, str], Field] = {}
        for part in self._sources:
            for one in self._template(part).fields:
                key = (one.namespace, one.name)
                found[key] = _merged(found[key], one) if key in found else one
        return tuple(found.values())

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.method} {self.url}>"

    @cached_property
    def _sources(self) -> dict[str, str]:
        return dict(self._each_source())

    def _each_source(self) -> Iterator[tuple[str, str]]:
        yield "url", self.url
        for name, value in self.headers.items():
            yield f"header {name}", value
        if isinstance(self.body, str):
            yield "body", self.body
        elif self.body is not None:
            for name, value in self.body.items():
                yield f"body name {name}", name
                yield f"body value {name}", value

    @cached_property
    def _templates(self) -> dict[str, Template]:
        return {}

    def _template(self, part: str) -> Template:
        if part not in self._templates:
            try:
                self._templates[part] = Template(self._sources[part])
            except TemplateError as error:
                raise PartError(part, error) from error
        return self._templates[part]

    def _rendered(self, part: str, context: Context | None) -> str:
        try:
            return self._template(part).render(context)
        except PartError:
            raise
        except TemplateError as error:
            raise PartError(part, error) from error

    def _previewed(self, part: str, context: Context | None) -> Preview:
        return self._template(part).preview(context)

    def _noted(self, texts: Mapping[str, str], findings: list[Finding]) -> Request | None:
        """Make the request, and note what is wrong with it."""
        try:
            request = self._request(texts)
        except WebhookError as error:
            findings.append(not_a_request(error))
            return None
        if isinstance(self.body, dict):
            findings.append(key_value_typing())
        findings += request_findings(request)
        return request

    def _request(self, texts: Mapping[str, str]) -> Request:
        headers = {name: texts[f"header {name}"] for name in self.headers}
        return Request(self.method, texts["url"], headers, self._body(texts))

    def _body(self, texts: Mapping[str, str]) -> str | None:
        if not isinstance(self.body, dict):
            return texts.get("body")
        pairs = {texts[f"body name {it}"]: texts[f"body value {it}"] for it in self.body}
        return json.dumps(pairs, ensure_ascii=False)


def _merged(one: Field, other: Field) -> Field:
    """Join what two parts tell about the same field; anything says more than plain text."""
    better = other if one.kind == "text" else one
    choices = tuple(dict.fromkeys([*one.choices, *other.choices]))
    return replace(better, choices=choices, fields=better.fields or other.fields or one.fields)


def _place_in(part: str, found_in: str) -> str:
    """Name a part of the webhook for a finding of its template, or of a content block in it."""
    return part if found_in == "template" else f"{part}, {found_in}"
