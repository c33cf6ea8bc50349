"""The endpoints that the sandbox emulates, and how a request finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import Endpoint, endpoint
from b2bkit.sandbox.endpoints import (
    aliases,
    catalog_items,
    delete,
    export,
    identify,
    merge,
    subscriptions,
    track,
    triggers,
)

if TYPE_CHECKING:
    from b2bkit.sandbox.calls import Handler

HANDLERS: dict[str, Handler] = {
    **track.HANDLERS,
    **export.HANDLERS,
    **identify.HANDLERS,
    **merge.HANDLERS,
    **aliases.HANDLERS,
    **catalog_items.HANDLERS,
    **delete.HANDLERS,
    **triggers.HANDLERS,
    **subscriptions.HANDLERS,
}
"""`METHOD /path`, as `b2bkit.braze.endpoints` writes it -> what answers it."""


def find(method: str, path: str) -> tuple[Endpoint, Handler] | None:
    """Find what answers a method and a path; `None` where the sandbox has nothing."""
    known = endpoint(method, path)
    handler = HANDLERS.get(str(known)) if known else None
    return (known, handler) if known and handler else None
