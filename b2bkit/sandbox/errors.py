"""What goes wrong on the side of the person who runs a sandbox."""

from __future__ import annotations

from b2bkit.errors import B2bkitError


class SandboxError(B2bkitError):
    """Raised when a sandbox is set up or used in a way that cannot work."""
