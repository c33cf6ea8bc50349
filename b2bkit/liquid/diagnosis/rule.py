"""What a rule is, and what it finds. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from b2bkit.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from b2bkit.braze.sources import Source
    from b2bkit.findings import Severity
    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.syntax import Rewritten


class Found(NamedTuple):
    """One thing a rule found.

    Args:
        sheet: The text it stands in.
        at: Its offset there.
        message: What happens in Braze, as a sentence.
        remedy: What to do, as a sentence.
        severity: Where it is not the rule's own.
        source: Where it is not the rule's own.
    """

    sheet: Rewritten
    at: int
    message: str
    remedy: str
    severity: Severity | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing to look for.

    Args:
        id: The finding's id.
        severity: The finding's severity, unless what was found has its own.
        about: What it looks for, in a few words.
        source: The page that says so.
        look: Finds it in what was read.
        explains: It says more than the parser's error at the same place, which is left out then.
    """

    id: str
    severity: Severity
    about: str
    source: Source
    look: Callable[[Reading], Iterable[Found]]
    explains: bool = False

    def finding(self, found: Found) -> Finding:
        """Put what was found into the author's words and text."""
        place = found.sheet.origin.place(found.at)
        return Finding(
            id=self.id,
            severity=found.severity or self.severity,
            part=part_of(place.block),
            line=place.line,
            column=place.column,
            message=found.message,
            remedy=found.remedy,
            source=str(found.source or self.source),
        )


def part_of(block: str | None) -> str:
    """Name the text that line and column count in."""
    return "template" if block is None else f"content block {block}"
