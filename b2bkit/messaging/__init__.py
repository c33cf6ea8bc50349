"""The sending side of the sandbox: runs campaigns and Canvases, on a clock that can be moved.

Their webhooks call the sandbox over HTTP, and what the sandbox applied starts what waits for it:
`timeline` and `diagram` show what led to what. Which of Braze's rules are kept is in `rules`.
"""

from b2bkit.messaging.attempts import Attempt
from b2bkit.messaging.chains import Chain, Link, Loop
from b2bkit.messaging.clock import START, VirtualClock, real_clock
from b2bkit.messaging.delivery import DeliveryRules
from b2bkit.messaging.diagram import SequenceDiagram
from b2bkit.messaging.errors import MessagingError
from b2bkit.messaging.journal import Record
from b2bkit.messaging.messaging import HOP_LIMIT, Messaging

__all__ = [
    "HOP_LIMIT",
    "START",
    "Attempt",
    "Chain",
    "DeliveryRules",
    "Link",
    "Loop",
    "Messaging",
    "MessagingError",
    "Record",
    "SequenceDiagram",
    "VirtualClock",
    "real_clock",
]
