"""The one seam to HTTP: send a request, with our time-outs, and read the answer.

No host rule and no key live here (`b2bkit.client`). Nothing else imports httpx or aiohttp. Bulk
runs send through `b2bkit.transport.lanes`, imported on its own because aiohttp takes a while.
"""

from b2bkit.transport.door import Door
from b2bkit.transport.errors import NotSent, OutcomeUnknown, TransportError
from b2bkit.transport.sending import (
    CONNECT_SECONDS,
    MAX_BODY,
    TIMEOUT_SECONDS,
    Answer,
    HttpTransport,
    Transport,
)

__all__ = [
    "CONNECT_SECONDS",
    "MAX_BODY",
    "TIMEOUT_SECONDS",
    "Answer",
    "Door",
    "HttpTransport",
    "NotSent",
    "OutcomeUnknown",
    "Transport",
    "TransportError",
]
