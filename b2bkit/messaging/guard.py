"""Stop chains that feed themselves. Braze documents no such guard; this one is ours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from b2bkit.messaging.chains import Chain

_ENTRIES_PER_HOP = 4


@dataclass(slots=True)
class Guard:
    """Count what starts in each chain, and say when it is too much.

    Args:
        hop_limit: Campaigns and Canvases that may follow from one another. Of one user, four
            times as many may start in one chain altogether, since a chain may branch.
    """

    hop_limit: int
    _entries: Counter[tuple[int, str]] = field(default_factory=Counter)
    _stopped: set[tuple[int, str]] = field(default_factory=set)

    def is_stopped(self, chain: Chain, user: str) -> bool:
        """Tell whether this chain was stopped before."""
        return (chain.root, user) in self._stopped

    def stops(self, chain: Chain, user: str) -> bool:
        """Count a start; tell whether it is one too many."""
        key = (chain.root, user)
        self._entries[key] += 1
        most = self.hop_limit * _ENTRIES_PER_HOP
        if chain.hops < self.hop_limit and self._entries[key] <= most:
            return False
        self._stopped.add(key)
        return True
