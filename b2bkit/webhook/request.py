"""A webhook with everything filled in: what would be sent, without the key.

The key is no part of a request: it is added by `b2bkit.client` at the moment of sending.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from b2bkit import display
from b2bkit.headers import Headers
from b2bkit.secrets import Secret, put_in, take_out
from b2bkit.webhook.curl import curl
from b2bkit.webhook.json_text import JsonProblem, read_json
from b2bkit.webhook.rules import (
    check_body,
    check_header_names,
    checked_header_value,
    checked_method,
    checked_url,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Request:
    """Hold one HTTP request as Braze would send it.

    A key in the `Authorization` header is taken out and replaced by `YOUR_API_KEY`; it is kept
    apart, in `found_key`.

    Args:
        method: `POST`, `GET`, `PUT` or `DELETE`.
        url: The whole address, http or https.
        headers: Names and values; order and spelling are kept.
        body: The text of the body; `None` for none.

    Raises:
        WebhookError: If Braze could not send such a request.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=Headers)
    body: str | None = None
    _found_key: Secret | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        headers, key = without_key(self.headers)
        values = {name: checked_header_value(name, value) for name, value in headers.items()}
        method = checked_method(self.method)
        check_body(method, self.body)
        object.__setattr__(self, "method", method)
        object.__setattr__(self, "url", checked_url(self.url))
        object.__setattr__(self, "headers", Headers(values))
        object.__setattr__(self, "_found_key", key)

    @property
    def found_key(self) -> Secret | None:
        """Give the key that stood in the `Authorization` header; `None` when there was none."""
        return self._found_key

    @property
    def json(self) -> Any:
        """Give the body as a JSON value; `None` when there is none or it is not JSON."""
        return self._read[0]

    @property
    def json_error(self) -> JsonProblem | None:
        """Say where and why the body is not JSON; `None` when it is, or there is no body."""
        return self._read[1]

    def curl(self) -> str:
        """Give the command that sends the request from a shell, with the key as `$BRAZE_API_KEY`.

        The body is written out, personal values included.
        """
        return curl(self.method, self.url, self.headers, self.body)

    @cached_property
    def _read(self) -> tuple[Any, JsonProblem | None]:
        return (None, None) if self.body is None else read_json(self.body)

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.url}>"

    def _repr_html_(self) -> str:
        shown = {name: shown_value(name, value) for name, value in self.headers.items()}
        parts = [
            display.line(self.method, self.url, strong=True),
            display.folded(f"Headers ({len(shown)})", display.named_values(shown)),
        ]
        if self.body is not None:
            parts.append(display.code(self.body, is_json=self.json_error is None))
        if self.json_error:
            parts.append(display.line("Not JSON:", str(self.json_error), strong=True))
        return f"<div>{''.join(parts)}</div>"


def without_key(headers: Mapping[str, str]) -> tuple[Headers, Secret | None]:
    """Give the headers with a key in `Authorization` replaced by the placeholder, and the key."""
    check_header_names(headers)
    kept = Headers(headers)
    if "Authorization" not in kept:
        return kept, None
    value, key = take_out(kept["Authorization"])
    return kept.replace("Authorization", value), key


def shown_value(name: str, value: str) -> str:
    """Give a header's value as displays show it: the key's place says `<your key>`."""
    return put_in(value, "<your key>") if name.lower() == "authorization" else value
