"""Which campaigns and Canvases there are, as far as the REST side was told.

As long as nobody told it, any id is taken: what Braze answers to an unknown id is documented for
campaigns only.
"""

from __future__ import annotations

from dataclasses import dataclass

from b2bkit.braze.answers import INVALID_CAMPAIGN_ID, INVALID_CANVAS_ID, Answer


@dataclass(frozen=True, slots=True)
class Flows:
    """Hold the ids that are known; `None` where any id is taken."""

    campaigns: frozenset[str] | None = None
    canvases: frozenset[str] | None = None

    def refuse(self, kind: str, identifier: str) -> Answer | None:
        """Say with which text an unknown id is refused."""
        if kind == "campaign" and self.campaigns is not None and identifier not in self.campaigns:
            return INVALID_CAMPAIGN_ID
        if kind == "canvas" and self.canvases is not None and identifier not in self.canvases:
            return INVALID_CANVAS_ID
        return None
