"""What somebody has asked of a run that is under way; set from any thread, read by its loop."""

from __future__ import annotations

from dataclasses import dataclass

CANCELLED = "It was cancelled."


@dataclass(slots=True)
class Control:
    """Hold what was asked.

    Attributes:
        paused: Whether nothing is to leave for now.
        stopped: Why nothing is to leave any more; blank while the run goes on.
        abandoned: Whether what is on its way is not to be waited for.
        waiting: Whether the canary waits for a decision.
        decided: Whether that decision has been made.
    """

    paused: bool = False
    stopped: str = ""
    abandoned: bool = False
    waiting: bool = False
    decided: bool = False

    def stop(self, reason: str) -> None:
        """Let nothing leave any more; the first reason stays."""
        self.stopped = self.stopped or reason
