"""A Braze to practise on: the REST API on this machine, honest about what it does not know.

What an object may hold and does to a profile is `b2bkit.profiles`; here are the server, its
endpoints, its store and its log.
"""

from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.faults import Fault
from b2bkit.sandbox.feed import Applied, Happening, Recipient, Replaced, Triggered
from b2bkit.sandbox.sandbox import Sandbox

__all__ = [
    "Applied",
    "Fault",
    "Happening",
    "Recipient",
    "Replaced",
    "Sandbox",
    "SandboxError",
    "Triggered",
]
