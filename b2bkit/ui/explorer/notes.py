"""What to know about a request, and where in Braze each part of its webhook is entered. Pure.

These are the article's "things to know" and its steps, for the request that is to be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.addresses import Address, AddressError
from b2bkit.braze.endpoints import NOT_KNOWN, endpoint

if TYPE_CHECKING:
    from b2bkit.use_cases import UseCase
    from b2bkit.webhook import Request, Webhook

_FREE_FIELDS = frozenset({"external_id", "braze_id", "user_alias", "push_token_import", "app_id",
                          "push_tokens", "subscription_groups"})  # fmt: skip
_IDENTIFIERS = ("external_id", "braze_id", "user_alias")
_TRACKS = ("/users/track", "/users/track/sync", "/users/track/bulk")
_FREE_PATHS = ("/canvas/trigger/", "/campaigns/trigger/", "/subscription/", "/v2/subscription/",
               "/users/alias/", "/users/delete", "/users/external_ids/")  # fmt: skip

_SAID = (
    ("delivery", "Delivery", "Delivery settings"),
    ("trigger", "Trigger", "Trigger Action"),
    ("key", "Permission", "API key"),
)


def things_to_know(request: Request) -> str:
    """Say in one line which permission the key needs, how often one may send, and what it costs."""
    path = _path(request.url)
    known = endpoint(request.method, path)
    if known is None:
        return NOT_KNOWN
    return (
        f"Key permission: {known.permission}. Rate limit: {known.rate_limit}. "
        f"Data points: {_data_points(path, request.json)}."
    )


def steps_in_braze(use_case: UseCase, webhook: Webhook) -> list[tuple[str, str, str]]:
    """List the steps of the article: what, where in Braze, and what to enter or do there."""
    headers = "\n".join(f"{name}: {value}" for name, value in webhook.headers.items())
    steps = [
        ("Webhook URL", "Compose tab", webhook.url),
        ("Request Body", "Compose tab, Raw Text", "The body above."),
        ("HTTP Method", "Settings tab", webhook.method),
        ("Request Headers", "Settings tab", headers),
    ]
    said = dict(use_case.where)
    if chosen := ": ".join(map(str, use_case.webhook.trigger.values())):
        said["trigger"] = f"{chosen}\n{said.get('trigger', '')}".strip()
    return steps + [(what, where, said[key]) for key, what, where in _SAID if key in said]


def _data_points(path: str, body: Any) -> str:
    if path in _TRACKS and body is None:
        return "cannot be counted while the body is not JSON"
    if path in _TRACKS:
        return f"{count_data_points(body)} for this request, on legacy contracts that count them"
    return "none" if path.startswith(_FREE_PATHS) else "not documented for this endpoint"


def count_data_points(body: Any) -> int:
    """Count what a body for `/users/track` costs: each attribute, each event, each purchase.

    An object costs one for each of its keys, values added to a list one each. Whether a value
    changes does not matter. Source: Braze, Data points (Legacy) (about 2026).
    """
    attributes, events, purchases = (
        _objects(body, part) for part in ("attributes", "events", "purchases")
    )
    return sum(map(_of_attributes, attributes)) + len(events) + len(purchases)


def _objects(body: Any, part: str) -> list[Any]:
    listed = body.get(part) if isinstance(body, dict) else None
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _of_attributes(item: dict[str, Any]) -> int:
    free = _FREE_FIELDS
    if not any(name in item for name in _IDENTIFIERS):
        free = free | {"email", "phone"}  # the one that names the user sets nothing
    return sum(
        _of_value(value)
        for name, value in item.items()
        if name not in free and not name.startswith("_")
    )


def _of_value(value: Any) -> int:
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return sum(len(each) for each in value if isinstance(each, dict))
    if not isinstance(value, dict):
        return 1
    if added := [each for key in ("add", "remove") for each in value.get(key) or ()]:
        return len(added)
    return max(1, len(value))


def _path(url: str) -> str:
    try:
        return Address.read(url).path
    except AddressError:
        return ""
