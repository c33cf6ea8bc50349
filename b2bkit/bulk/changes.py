"""What was last accepted, remembered without any value: so that only changes are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Changes:
    """Placeholder."""

    def rows(self) -> Iterator[int]:
        """Give rows."""
        return iter(())
