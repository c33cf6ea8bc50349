"""What can be wrong with asking for a use case, or with its file."""

from b2bkit.errors import B2bkitError


class UseCaseError(B2bkitError):
    """Raised for a use case, variant or name that there is not, or that cannot be used."""
