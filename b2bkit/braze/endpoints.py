"""The REST endpoints a Braze-to-Braze webhook may call: permission, rate limit, source.

What a request to one of them may hold lives in `b2bkit.profiles`; what it answers in
`b2bkit.sandbox`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from b2bkit.braze import sources

if TYPE_CHECKING:
    from b2bkit.braze.sources import Source


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Say how many requests Braze takes.

    Args:
        words: The limit as a person says it.
        requests: Requests in the window; `None` where it depends on the contract.
        seconds: Length of the window in seconds; hourly windows start on the clock hour.
        pool: Name of the pool, where several endpoints share one limit.
        broadcast: The separate limit of calls to an audience instead of recipients, in words.
    """

    words: str
    requests: int | None
    seconds: int | None
    pool: str = ""
    broadcast: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Describe an endpoint of Braze's REST API.

    Args:
        method: HTTP method.
        path: Path, with `{name}` where a part varies.
        permission: The permission an API key needs.
        rate_limit: How many requests Braze takes.
        source: The page that says so.
        note: What else a caller should know.
    """

    method: str
    path: str
    permission: str
    rate_limit: RateLimit
    source: Source
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def parts(self, path: str) -> dict[str, str]:
        """Give the parts of a path that vary, by the names that `path` has for them."""
        found = _pattern(self.path).fullmatch(path)
        return found.groupdict() if found else {}


DEFAULT_POOL = RateLimit(
    "250,000 requests per hour, shared with most other endpoints of the workspace",
    250_000, 3_600, "default",
)  # fmt: skip
MESSAGING_POOL = RateLimit(
    "250,000 requests per hour, shared with most other endpoints of the workspace; "
    "calls to an audience: 250 per minute, and 10 per minute for one audience",
    250_000, 3_600, "default",
    broadcast="250 requests per minute, and 10 per minute for one audience",
)  # fmt: skip
USER_POOL = RateLimit(
    "20,000 requests per minute, shared by /users/identify, merge, alias and delete",
    20_000, 60, "users",
)  # fmt: skip
TRACK_LIMIT = RateLimit(
    "3,000 requests per 3 seconds on contracts with data points; otherwise as contracted", 3_000, 3
)
CATALOG_SYNC_POOL = RateLimit(
    "50 requests per minute, shared by the calls for one catalog item", 50, 60, "catalog item"
)
CATALOG_BULK_POOL = RateLimit(
    "16,000 requests per minute, shared by the calls for several catalog items",
    16_000, 60, "catalog items",
)  # fmt: skip
SUBSCRIPTION_POOL = RateLimit(
    "5,000 requests per minute, shared by both versions", 5_000, 60, "subscription"
)

_CATALOGS = "/catalogs/{catalog_name}/items"
_ITEM = f"{_CATALOGS}/{{item_id}}"
_BETA = "Limited beta, closed to new customers."

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("POST", "/users/track", "users.track", TRACK_LIMIT, sources.USERS_TRACK),
    Endpoint(
        "POST", "/users/track/sync", "users.track.sync",
        RateLimit("500 requests per minute", 500, 60), sources.USERS_TRACK_SYNC, _BETA,
    ),
    Endpoint(
        "POST", "/users/track/bulk", "users.track.bulk",
        RateLimit("50 requests per second for most contracts", 50, 1), sources.USERS_TRACK_BULK,
        _BETA,
    ),
    Endpoint(
        "GET", "/users/track/status", "users.track.status", DEFAULT_POOL,
        sources.USERS_TRACK_STATUS, "Beta.",
    ),
    Endpoint(
        "POST", "/users/export/ids", "users.export.ids",
        RateLimit(
            "250 requests per minute (2,500 for accounts older than 2024-08-22)", 250, 60
        ),
        sources.USERS_EXPORT_IDS,
    ),
    Endpoint("POST", "/users/identify", "users.identify", USER_POOL, sources.API_LIMITS),
    Endpoint("POST", "/users/merge", "users.merge", USER_POOL, sources.API_LIMITS),
    Endpoint("POST", "/users/alias/new", "users.alias.new", USER_POOL, sources.API_LIMITS),
    Endpoint("POST", "/users/alias/update", "users.alias.update", USER_POOL, sources.API_LIMITS),
    Endpoint(
        "POST", "/users/delete", "users.delete", USER_POOL, sources.API_LIMITS,
        "Cannot be undone. Braze advises against calling it from a webhook campaign.",
    ),
    Endpoint(
        "POST", "/users/external_ids/rename", "users.external_ids.rename",
        RateLimit("1,000 requests per minute", 1_000, 60), sources.API_LIMITS,
    ),
    Endpoint(
        "POST", "/users/external_ids/remove", "users.external_ids.remove",
        RateLimit("1,000 requests per minute", 1_000, 60), sources.API_LIMITS,
    ),
    Endpoint(
        "POST", "/canvas/trigger/send", "canvas.trigger.send", MESSAGING_POOL,
        sources.CANVAS_TRIGGER_SEND,
    ),
    *(
        Endpoint(
            "POST", f"/canvas/trigger/schedule/{verb}", f"canvas.trigger.schedule.{verb}",
            MESSAGING_POOL, sources.CANVAS_TRIGGER_SEND,
        )
        for verb in ("create", "update", "delete")
    ),
    Endpoint(
        "POST", "/campaigns/trigger/send", "campaigns.trigger.send", MESSAGING_POOL,
        sources.API_LIMITS,
    ),
    Endpoint("POST", "/messages/send", "messages.send", MESSAGING_POOL, sources.API_LIMITS),
    Endpoint(
        "POST", "/subscription/status/set", "subscription.status.set", SUBSCRIPTION_POOL,
        sources.API_LIMITS,
    ),
    Endpoint(
        "POST", "/v2/subscription/status/set", "subscription.status.set", SUBSCRIPTION_POOL,
        sources.API_LIMITS,
    ),
    Endpoint("POST", "/email/status", "email.status", DEFAULT_POOL, sources.API_LIMITS),
    *(
        Endpoint(method, _CATALOGS, f"catalogs.{verb}_items", CATALOG_BULK_POOL, sources.CATALOGS)
        for method, verb in (
            ("POST", "add"), ("DELETE", "delete"), ("PATCH", "update"), ("PUT", "replace"),
        )
    ),
    *(
        Endpoint(method, _ITEM, f"catalogs.{verb}_item", CATALOG_SYNC_POOL, sources.CATALOGS)
        for method, verb in (
            ("GET", "get"), ("POST", "create"), ("PUT", "replace"), ("PATCH", "update"),
            ("DELETE", "delete"),
        )
    ),
    Endpoint(
        "GET", "/preference_center/v1/{preference_center_id}/url/{user_id}",
        "preference_center.user.get", RateLimit("1,000 requests per minute", 1_000, 60),
        sources.API_LIMITS,
    ),
    Endpoint(
        "GET", "/events/list", "events.list",
        RateLimit("1,000 requests per hour, shared with the list of products", 1_000, 3_600,
                  "lists"),
        sources.API_LIMITS,
    ),
    Endpoint(
        "GET", "/purchases/product_list", "purchases.product_list",
        RateLimit("1,000 requests per hour, shared with the list of events", 1_000, 3_600,
                  "lists"),
        sources.API_LIMITS,
    ),
)  # fmt: skip
"""Every endpoint we know of, the ones webhooks call most first."""

PERMISSIONS: tuple[str, ...] = tuple(dict.fromkeys(each.permission for each in ENDPOINTS))
"""Every permission we know of, each once."""

NOT_KNOWN = "b2bkit knows no endpoint of Braze's at this method and path."
"""What to say where `endpoint` finds none."""


@lru_cache(maxsize=256)
def endpoint(method: str, path: str) -> Endpoint | None:
    """Find the endpoint of a method and a path; `None` where we know of none.

    Only the path counts: a query is cut off. A trailing slash is not forgiven, as Braze does not.
    """
    path = path.partition("?")[0]
    return next(
        (e for e in ENDPOINTS if e.method == method.upper() and _pattern(e.path).fullmatch(path)),
        None,
    )


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))
