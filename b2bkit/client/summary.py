"""One plain sentence for each kind of answer: what happened, and what to do about it.

Sources: Braze, Errors and responses (2026) and API overview (2026-09-02).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import endpoint

if TYPE_CHECKING:
    from b2bkit.client.response import Response

_PROCESSED = {
    "attributes_processed": ("attribute object", "attribute objects"),
    "events_processed": ("event", "events"),
    "purchases_processed": ("purchase", "purchases"),
}
_WHAT_TO_DO = {
    401: (
        "the key is not valid there. Check that it is a key of this instance and workspace, and "
        "that the header is Bearer, a blank and the key, without quotes."
    ),
    404: "there is no such endpoint. Check the path: no typing mistake, no slash at its end.",
    413: "the body is too large: /users/track takes 4 MB.",
    415: "the header Content-Type must be application/json.",
}


def summary(response: Response) -> str:
    """Say what an answer means."""
    if response.accepted:
        return _accepted(response) + _body_note(response)
    if response.outcome == "unknown":
        return (
            f"Outcome unknown ({response.status}): the server failed{_quoted(response)}. The "
            "request may have been applied: look at the profile before you send it again."
        )
    return f"Refused ({response.status}): {_refused(response)}"


def _accepted(response: Response) -> str:
    done = _counts(response)
    count = len(response.errors)
    if count:
        rest = f" Queued: {done}." if done else " The other objects are queued."
        noun = "error" if count == 1 else "errors"
        return f"Accepted with {count} {noun} ({response.status}): {_first_error(response)}.{rest}"
    if done:
        return f"Accepted ({response.status}): {done} queued; the profile changes a moment later."
    return f"Accepted ({response.status})."


def _first_error(response: Response) -> str:
    count = len(response.errors)
    more = f" (and {count - 1} more)" if count > 1 else ""
    return f"{response.errors[0]}".rstrip(".") + more


def _counts(response: Response) -> str:
    body = response.json if isinstance(response.json, dict) else {}
    counts = [
        f"{body[key]} {one if body[key] == 1 else many}"
        for key, (one, many) in _PROCESSED.items()
        if isinstance(body.get(key), int)
    ]
    return ", ".join(counts)


def _body_note(response: Response) -> str:
    if response.truncated:
        return " The answer was very long; only its beginning was kept."
    if response.body.strip() and response.json is None:
        return " The answer is not JSON, so its errors cannot be seen."
    return ""


def _refused(response: Response) -> str:
    status = response.status
    if status == 403:
        return _forbidden(response)
    if status == 429:
        return _rate_limited(response)
    if status in _WHAT_TO_DO:
        return _WHAT_TO_DO[status]
    if 300 <= status < 400:
        return "the server points elsewhere. Braze's webhooks do not follow redirects, nor do we."
    if response.errors and not response.message:
        return f"{_first_error(response)}."
    why = f": {_first_error(response)}" if response.errors else ""
    return f"nothing was applied{_quoted(response)}{why}."


def _forbidden(response: Response) -> str:
    known = endpoint(response.method, response.path)
    if known is None:
        return "the key may not do this, or the path has a typing mistake or a slash at its end."
    return (
        f"the key lacks the permission {known.permission}. Permissions of a key cannot be changed: "
        "make a new key that has it."
    )


def _rate_limited(response: Response) -> str:
    limit = response.rate_limit
    if limit is None or not limit.wait:
        return "too many requests. Wait before you send again."
    return f"too many requests. Wait {limit.wait:,.0f} s before you send again."


def _quoted(response: Response) -> str:
    return f"; Braze says “{response.message.rstrip('.')}”" if response.message else ""
