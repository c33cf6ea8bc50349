"""A request that is ready to leave: the rules have been applied, and the key is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from b2bkit.headers import Headers


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Hold all of a request but its body; its text forms show neither the key nor the query.

    Args:
        method: HTTP method.
        url: The whole address that is contacted.
        headers: The headers, with the key.
        path: The path of the address, without the query.
    """

    method: str
    url: str = field(repr=False)
    headers: Headers = field(repr=False)
    path: str
