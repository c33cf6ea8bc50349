"""What the messaging side refuses to do."""

from b2bkit.errors import B2bkitError


class MessagingError(B2bkitError):
    """Raised for something that cannot be asked of the messaging side; its text says why."""
