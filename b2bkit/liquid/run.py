"""What one render carries with it: its clock, its limits, where it is and what it noticed.

Tags and filters reach it as `context.run`. No rule of Liquid lives here.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from b2bkit.braze.sources import CONTENT_BLOCKS
from b2bkit.findings import Finding
from b2bkit.liquid.limits import LimitReached, Limits
from b2bkit.liquid.syntax import Rewritten

__all__ = ["LimitReached", "Limits", "Run", "place_of", "utc_now"]

if TYPE_CHECKING:
    from collections.abc import Callable

    from liquid import Token

    from b2bkit.braze.sources import Source
    from b2bkit.findings import Severity
    from b2bkit.liquid.calls import Call
    from b2bkit.liquid.places import Place

NEAR = 0.8
"""The share of a limit from which on a preview says so."""

MOST_FINDINGS = 100
"""A loop may notice the same thing a million times; nobody reads more than this."""


def place_of(token: Token | None) -> Place | None:
    """Find where a token stands in the author's text."""
    if token is None or token.start_index < 0 or not isinstance(token.source, Rewritten):
        return None
    return token.source.origin.place(token.start_index)


def utc_now() -> datetime:
    """Read the machine's clock."""
    return datetime.now(UTC)


class Run:
    """Carry the state of one render.

    Args:
        limits: How far the render may go.
        now: The frozen moment, aware; `None` reads `clock` once, at first use.
        noting: Keep findings (a preview does, a plain render does not).
        clock: Tells the moment, aware.
        ticks: Tells seconds for the limit on wall-clock time.

    Attributes:
        at: Where the render is; findings are placed there.
        pinned: Where findings are placed instead, in a text that is not the author's.
        findings: What was noticed; `None` in a plain render.
        calls: The requests Braze would make.
        failed_retry: Why Braze would give up the message in the end; `None` is no reason.
    """

    __slots__ = (
        "_clock",
        "_now",
        "_ticks",
        "at",
        "calls",
        "deadline",
        "failed_retry",
        "findings",
        "limits",
        "pinned",
        "rounds",
    )

    def __init__(
        self,
        limits: Limits,
        *,
        now: datetime | None = None,
        noting: bool = False,
        clock: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits
        self.at: Token | None = None
        self.pinned: Token | None = None
        self.findings: list[Finding] | None = [] if noting else None
        self.calls: list[Call] = []
        self.failed_retry: str | None = None
        self.rounds = 0
        self.deadline = ticks() + limits.seconds
        self._now = now
        self._clock = clock
        self._ticks = ticks

    def now(self) -> datetime:
        """Give the moment of this render in UTC, the same at every call."""
        if self._now is None:
            self._now = self._clock()
        return self._now.astimezone(UTC)

    def note(
        self,
        id: str,  # noqa: A002 - the finding's own word
        severity: Severity,
        message: str,
        remedy: str,
        source: Source | str,
        traps: tuple[str, ...] = (),
    ) -> None:
        """Record a finding at the output, tag or filter being rendered.

        Its part is `template`, or `content block NAME` where line and column count in a block.
        Nothing is recorded in a plain render.
        """
        if self.findings is not None:
            self._record(
                place_of(self.pinned or self.at), id, severity, message, remedy, source, traps
            )

    def _record(
        self,
        place: Place | None,
        id: str,  # noqa: A002 - the finding's own word
        severity: Severity,
        message: str,
        remedy: str,
        source: Source | str,
        traps: tuple[str, ...] = (),
    ) -> None:
        if self.findings is None or len(self.findings) >= MOST_FINDINGS:
            return
        part = f"content block {place.block}" if place and place.block else "template"
        line, column = (place.line, place.column) if place else (None, None)
        finding = Finding(id, severity, part, line, column, message, remedy, str(source), traps)
        if finding not in self.findings:
            self.findings.append(finding)

    def note_missing_block(self, name: str, place: Place) -> None:
        """Record a content block that is not known here."""
        self._record(
            place,
            "content-block-missing",
            "warning",
            f"The content block {name!r} is not known here: nothing stands in its place.",
            "Give its text in `content_blocks`.",
            CONTENT_BLOCKS,
        )

    def note_nearness(self, characters: int) -> None:
        """Record limits of ours that a render came near to, after it."""
        limits = self.limits
        near = {
            "loop_iterations": (self.rounds, limits.loop_iterations),
            "output_chars": (characters, limits.output_chars),
        }
        for name, (used, allowed) in near.items():
            if used > NEAR * allowed:
                self._record(
                    None,
                    "limit-near",
                    "warning",
                    f"This render used {used:,} of the {allowed:,} that `{name}` allows.",
                    "Make the template do less.",
                    "b2bkit",
                )

    def check_size(self, size: int) -> None:
        """Refuse a filter result of `size` characters or items before (or after) it is made.

        Raises:
            LimitReached: It is larger than `limits.filter_result_chars`, or the time is up.
        """
        if size > self.limits.filter_result_chars:
            raise LimitReached("filter_result_chars", self.limits.filter_result_chars)
        self.check_time()

    def check_time(self) -> None:
        """Refuse to go on once the wall-clock time is up.

        Raises:
            LimitReached: More than `limits.seconds` have passed.
        """
        if self._ticks() > self.deadline:
            raise LimitReached("seconds", self.limits.seconds)

    def check_round(self) -> None:
        """Count one round of a loop.

        Raises:
            LimitReached: It is one too many, or the time is up.
        """
        self.rounds += 1
        if self.rounds > self.limits.loop_iterations:
            raise LimitReached("loop_iterations", self.limits.loop_iterations)
        self.check_time()
