"""What the client refuses before anything is sent."""

from b2bkit.errors import B2bkitError


class ClientError(B2bkitError):
    """Raised for a request that is refused here; nothing was sent."""


class HostRefused(ClientError):  # noqa: N818 - named for what happened
    """Raised when a request would go to a host that this client may not contact."""


class KeyMissing(ClientError):  # noqa: N818 - named for what happened
    """Raised when there is no API key to send with, or what was given is none."""
