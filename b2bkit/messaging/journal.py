"""What happened, line by line: the one record that timeline, diagram and tests read.

`detail` never holds a personal value: of texts it says only that they are. What holds one is kept
apart in `values`, and shown only when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from b2bkit.liquid import TemplateError
    from b2bkit.messaging.chains import Chain

What = Literal[
    "event", "purchase", "attribute", "API trigger", "profile", "schedule",
    "entry", "no entry", "exit",
    "message", "webhook", "delay", "decision", "context", "user update",
    "interaction", "conversion", "no conversion", "host", "note", "loop",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """Write down one thing that happened.

    Args:
        number: Its place in the order, from 1.
        time: When.
        user: The user, by external id, alias or braze id.
        what: What kind of thing.
        campaign: The campaign or Canvas, if it is about one.
        step: The step, if it is about one.
        detail: What happened, without personal values.
        status: How it ended, in a word or two.
        chain: Number of the chain of causes it belongs to; 0 for none.
        hop: How many campaigns and Canvases led to it.
        values: What `detail` leaves out.
    """

    number: int
    time: datetime
    user: str
    what: What
    campaign: str = ""
    step: str = ""
    detail: str = ""
    status: str = ""
    chain: int = 0
    hop: int = 0
    values: str = ""


class Journal:
    """Keep records in order."""

    def __init__(self) -> None:
        self._records: list[Record] = []

    def add(
        self, time: datetime, user: str, what: What, chain: Chain | None = None, **more: Any
    ) -> Record:
        """Write down one thing; `more` are the other parts of a `Record`."""
        root, hop = (chain.root, chain.hops) if chain else (0, 0)
        number = len(self._records) + 1
        record = Record(number, time, user, what, chain=root, hop=hop, **more)
        self._records.append(record)
        return record

    def clear(self) -> None:
        """Forget everything."""
        self._records.clear()

    def __iter__(self) -> Iterator[Record]:
        return iter(tuple(self._records))

    def __len__(self) -> int:
        return len(self._records)


def where_it_failed(error: TemplateError) -> str:
    """Say where Liquid failed. Why may hold a value of the profile, so it is not said here."""
    part = getattr(error, "part", "")
    place = f"line {error.line}, column {error.column}"
    return f"Liquid failed: {part}, {place}" if part else f"Liquid failed: {place}"


def shown(value: Any) -> str:
    """Show numbers, true and false; of other values, which may be personal, only the kind."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    kinds: dict[type, str] = {str: "text", list: "array", dict: "object"}
    return kinds.get(type(value), "value")
