"""The states that rows go through, and the words people read for them."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Word = Literal["accepted", "refused", "unknown", "not sent"]
WORDS: tuple[Word, ...] = ("accepted", "refused", "unknown", "not sent")


class State(StrEnum):
    """Where the rows of a request are, as ledgers spell it."""

    WAITING = "waiting"
    """Known to the ledger, never sent so far."""
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not sent"
    HALVED = "halved"
    """Replaced by its two halves; no row is in this state."""

    @property
    def word(self) -> Word:
        """Give the word; what is on its way right now is unknown."""
        return _WORD[self]


_WORD: dict[State, Word] = {
    State.WAITING: "not sent",
    State.SENDING: "unknown",
    State.ACCEPTED: "accepted",
    State.REFUSED: "refused",
    State.UNKNOWN: "unknown",
    State.NOT_SENT: "not sent",
    State.HALVED: "not sent",
}

LOOK_FIRST = "read the profile back before you send it again"
IN_FLIGHT = "on its way; no answer yet"
ENDED_IN_FLIGHT = f"the run ended while it was on its way: {LOOK_FIRST}"
NEVER_SENT = "the run ended before it was sent"
