"""Why something happened: the chain of causes, and the loop in it when it feeds itself.

Braze documents no guard against chains that feed themselves; the one here is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from b2bkit.findings import Finding

if TYPE_CHECKING:
    from datetime import datetime

_FLOWS = frozenset({"campaign", "Canvas"})


@dataclass(frozen=True, slots=True)
class Link:
    """Name one cause: `event "Opened app"`, `campaign "Count views"`, `attribute "views"` ..."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f'{self.kind} "{self.name}"'


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold the causes of something, the first one first.

    Args:
        root: Number of the chain: all that follows from one beginning has the same.
        links: The causes.
        by_app: Whether it began in the app (SDK), not with a request to the REST API.
    """

    root: int
    links: tuple[Link, ...] = ()
    by_app: bool = False

    def then(self, kind: str, name: str) -> Chain:
        """Add what followed."""
        return replace(self, links=(*self.links, Link(kind, name)))

    @property
    def hops(self) -> int:
        """Count the campaigns and Canvases in it."""
        return sum(link.kind in _FLOWS for link in self.links)

    @property
    def loop(self) -> tuple[Link, ...]:
        """Give the way from the last link back to the same one before; empty if there is none."""
        *before, last = self.links
        if last not in before:
            return ()
        start = len(before) - 1 - before[::-1].index(last)
        return self.links[start:]


@dataclass(frozen=True, slots=True)
class Loop:
    """Say that a chain fed itself and was stopped.

    Args:
        links: The loop; the first and the last are the same. Of a chain that was merely too
            long, all of its links.
        hops: How many campaigns and Canvases ran before it was stopped.
        time: When that was.
        user: Whose chain it was.
    """

    links: tuple[Link, ...]
    hops: int
    time: datetime
    user: str

    @property
    def feeds_itself(self) -> bool:
        """Tell whether a link comes again; else the chain was merely too long."""
        return len(self.links) > 1 and self.links[0] == self.links[-1]

    @property
    def message(self) -> str:
        """Say what happened, as a sentence or two."""
        what = "This chain feeds itself" if self.feeds_itself else "This chain is very long"
        return (
            f"{what}: {self}. It was stopped here after {self.hops} campaigns and Canvases. Braze "
            "documents no such guard: there it may go on."
        )

    @property
    def finding(self) -> Finding:
        """Give it in the form that all findings have."""
        return Finding(
            id="chain-feeds-itself",
            severity="error",
            part=next((str(link) for link in self.links if link.kind in _FLOWS), "chain"),
            line=None,
            column=None,
            message=self.message,
            remedy=(
                "Break the loop: turn re-eligibility off, filter on what the webhook writes, or "
                "abort when the value is already there."
            ),
            source="b2bkit",
            traps=("T31",),
        )

    def __str__(self) -> str:
        return " → ".join(map(str, self.links))
