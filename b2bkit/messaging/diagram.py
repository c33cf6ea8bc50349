"""The timeline as a sequence diagram, in Mermaid's language, which JupyterLab draws.

Front ends that cannot draw it show the same lines as a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from b2bkit.messaging.journal import Record

MOST_LINES = 150
"""Lines that are drawn; a longer timeline is better read as a table."""

_USERS, _BRAZE = "U", "B"
_LONGEST, _LONGEST_LOOP = 90, 400
_SPECIAL = re.compile(r"[#;<>{}\"`%&]")
_STAYED_HERE = ("would be sent", "not sent", "aborted", "halted")
_FROM_OUTSIDE = frozenset({"event", "purchase", "API trigger", "interaction"})


@dataclass(frozen=True)
class SequenceDiagram:
    """Draw what happened between users, campaigns and Braze's REST API.

    Args:
        records: The lines of the timeline.
    """

    records: tuple[Record, ...]

    @property
    def mermaid(self) -> str:
        """Give it in Mermaid's language."""
        return "\n".join(_lines(self.records))

    def __str__(self) -> str:
        return _table(self.records)

    def __repr__(self) -> str:
        return f"<SequenceDiagram of {len(self.records)} lines>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002 - IPython calls it so
        """Give the diagram, and the table for front ends that do not draw.

        No HTML is among them: JupyterLab would show that and draw nothing.
        """
        return {"text/vnd.mermaid": self.mermaid, "text/plain": str(self)}


def _lines(records: tuple[Record, ...]) -> Iterator[str]:
    drawn = records[:MOST_LINES]
    users = {record.user for record in drawn if record.user}
    names = dict.fromkeys(record.campaign for record in drawn if record.campaign)
    ids = {name: f"C{number}" for number, name in enumerate(names, 1)}
    yield "sequenceDiagram"
    yield f"actor {_USERS} as {_safe(next(iter(users))) if len(users) == 1 else 'Users'}"
    yield from (f"participant {ids[name]} as {_safe(name)}" for name in ids)
    yield f"participant {_BRAZE} as Braze REST API"
    last: datetime | None = None
    for record in drawn:
        yield from _time_passed(last, record.time)
        last = record.time
        who = f"{record.user}: " if record.user and len(users) > 1 else ""
        text = _safe(
            f"{who}{_in_short(record)}", _LONGEST_LOOP if record.what == "loop" else _LONGEST
        )
        yield f"{_arrow(record, ids.get(record.campaign, _BRAZE))}: {text}"
    if len(records) > len(drawn):
        left = len(records) - len(drawn)
        yield f"Note over {_USERS},{_BRAZE}: {left} more lines are in the timeline"


def _arrow(record: Record, flow: str) -> str:
    """Say from where to where a line goes, or what it is a note on."""
    what = record.what
    if what in _FROM_OUTSIDE and record.hop == 0:
        return f"{_USERS}->>{_BRAZE}"
    if what == "entry":
        return f"{_BRAZE}->>{flow}"
    if what == "no entry" and flow != _BRAZE:
        return f"{_BRAZE}--x{flow}"
    if what == "message" and record.status == "sent":
        return f"{flow}->>{_USERS}"
    if what == "webhook" and not record.status.startswith(_STAYED_HERE):
        return f"{flow}->>{_BRAZE}"
    return f"Note over {flow}"


def _in_short(record: Record) -> str:
    named = "" if record.what == "entry" else record.what
    status = f"({record.status})" if record.status else ""
    return " ".join(part for part in (named, record.detail, status) if part)


def _time_passed(last: datetime | None, now: datetime) -> Iterator[str]:
    if last is None:
        yield f"Note over {_USERS},{_BRAZE}: {now:%Y-%m-%d %H.%M} UTC"
    elif now - last >= timedelta(seconds=1):
        yield f"Note over {_USERS},{_BRAZE}: {in_words(now - last)} later"


def _safe(text: str, longest: int = _LONGEST) -> str:
    """Keep what Mermaid would read as its own language from being read so."""
    text = " ".join(text.split())
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)


def _table(records: Iterable[Record]) -> str:
    rows = [("time", "user", "what", "campaign", "step", "detail", "status")]
    rows += [
        (
            f"{r.time:%Y-%m-%d %H:%M:%S}", r.user, r.what, r.campaign, r.step, r.detail, r.status
        )
        for r in records
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
