"""The requests that Braze would make while it renders. Nothing is ever fetched here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """A Connected Content request that Braze would make.

    Args:
        url: Where to, rendered.
        method: `GET` or `POST`.
        body: The request body, rendered; `None` is none.
        saved_as: The variable its answer goes to.
        status: The status it was answered with from the context; `None` is no answer given.
    """

    url: str
    method: str = "GET"
    body: str | None = None
    saved_as: str = "connected"
    status: int | None = None
