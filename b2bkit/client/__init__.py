"""Send requests to Braze or to a sandbox: host rules, the key, the answer, the history.

How bytes travel lives in `b2bkit.transport`; what a request is in `b2bkit.webhook`.
"""

from b2bkit.client.client import Client
from b2bkit.client.errors import ClientError, HostRefused, KeyMissing
from b2bkit.client.rate_limit import RateLimit
from b2bkit.client.response import ObjectError, Outcome, Response

__all__ = [
    "Client",
    "ClientError",
    "HostRefused",
    "KeyMissing",
    "ObjectError",
    "Outcome",
    "RateLimit",
    "Response",
]
