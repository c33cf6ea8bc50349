"""The one form of "something is wrong here", whoever found it. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """Say what is wrong in a webhook, where, and what to do about it.

    Args:
        id: Stable name of the rule, in kebab case, such as `body-not-json`.
        severity: `error` (Braze refuses it, or loses or corrupts data), `warning` (it will, for
            some users or sooner or later) or `info` (true of every such webhook).
        part: Which part of the webhook: `url`, `method`, `body`, or `header Content-Type`.
        line: Line in that part's own text, counted from 1; `None` where no place can be named.
        column: Column in that line, counted from 1.
        message: What happens in Braze, as a sentence.
        remedy: What to do, as a sentence.
        source: The page that says so, with its date; or `b2bkit` for a rule of ours.
        traps: The traps of `docs/checks.md` that it stands for, such as `("T1",)`.
        fix: Called without arguments, returns the corrected webhook; `None` where no fix is safe.
    """

    id: str
    severity: Severity
    part: str
    line: int | None
    column: int | None
    message: str
    remedy: str
    source: str
    traps: tuple[str, ...] = ()
    fix: Callable[[], Any] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"severity must be one of {SEVERITIES}, not {self.severity!r}")

    @property
    def place(self) -> str:
        """Name the place in words, such as `body, line 3, column 7`."""
        if self.line is None:
            return self.part
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.part}, line {self.line}{column}"

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message} {self.remedy}".rstrip()
