"""Ids that look like Braze's and are the same in every run: twenty screens show the same."""

from __future__ import annotations

from hashlib import blake2b


class Ids:
    """Make up ids, one after the other."""

    def __init__(self) -> None:
        self._made = 0

    def clear(self) -> None:
        """Begin anew."""
        self._made = 0

    def braze_id(self) -> str:
        """Make up the id of a profile: 24 hexadecimal digits."""
        return self._make("braze_id", 12)

    def dispatch_id(self) -> str:
        """Make up the id of a dispatch: 32 hexadecimal digits."""
        return self._make("dispatch_id", 16)

    def _make(self, kind: str, size: int) -> str:
        self._made += 1
        return blake2b(f"{kind} {self._made}".encode(), digest_size=size).hexdigest()
