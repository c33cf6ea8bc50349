"""What Braze's webhook composer lets a webhook have: methods, URL, header names and values.

Sources: Braze, Create a webhook (2026-09-02). What a header or a URL may hold in general is HTTP's
own rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from b2bkit.addresses import Address, AddressError
from b2bkit.webhook.errors import WebhookError

if TYPE_CHECKING:
    from collections.abc import Iterable

METHODS = ("POST", "GET", "PUT", "DELETE")
"""The methods of a webhook (Create a webhook, 2026-09-02)."""

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_NOT_IN_A_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def checked_method(method: str) -> str:
    """Give the method in capitals; raise `WebhookError` where a webhook cannot have it."""
    method = method.strip().upper()
    if method == "PATCH":
        raise WebhookError(
            "Braze's webhooks cannot PATCH. To change a catalog item, use PUT with all its fields.",
            "method",
        )
    if method not in METHODS:
        raise WebhookError(
            f"{method or 'A blank method'} is not a method of Braze's webhooks: "
            f"use one of {', '.join(METHODS)}.",
            "method",
        )
    return method


def check_body(method: str, body: object) -> None:
    """Raise `WebhookError` for a GET with a body."""
    if method == "GET" and body:
        raise WebhookError(
            "A GET webhook has no body in Braze: leave it away, or choose POST.", "body"
        )


def checked_url(url: str) -> str:
    """Give the URL without blanks around it; raise `WebhookError` if it is not http(s)."""
    url = url.strip()
    if not url:
        raise WebhookError("The URL is blank.", "url")
    try:
        Address.read(url)
    except AddressError as error:
        raise WebhookError(str(error), "url") from error
    return url


def check_header_names(names: Iterable[str]) -> None:
    """Raise `WebhookError` for a header name that HTTP does not allow, or one given twice."""
    seen: set[str] = set()
    for name in names:
        if not _HEADER_NAME.fullmatch(name):
            raise WebhookError(
                f"{name!r} is not a header name: no blanks, colons, quotes or letters with "
                "accents. The value goes into the field beside it.",
                f"header {name}",
            )
        if name.lower() in seen:
            raise WebhookError(f"The header {name} is given twice.", f"header {name}")
        seen.add(name.lower())


def checked_header_value(name: str, value: str) -> str:
    """Give the value without blanks around it; raise `WebhookError` for a line break inside."""
    value = value.strip()
    if _NOT_IN_A_HEADER.search(value):
        raise WebhookError(
            f"The header {name} holds a line break or another control character.", f"header {name}"
        )
    return value
