"""Records, attempts, messages and log entries as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.messaging.activity import COLUMNS as ACTIVITY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from b2bkit.messaging.activity import Entry
    from b2bkit.messaging.attempts import Attempt
    from b2bkit.messaging.journal import Record
    from b2bkit.messaging.journeys import Sent

TIMELINE = ("time", "user", "what", "campaign", "step", "detail", "status", "chain", "hop")
ATTEMPTS = (
    "time", "user", "campaign", "step", "attempt", "method", "host", "path", "status", "outcome",
    "errors", "next_attempt", "test",
)  # fmt: skip
MESSAGES = ("time", "user", "campaign", "step", "channel", "text")


def timeline(records: Iterable[Record], *, values: bool = False) -> pd.DataFrame:
    """Make the timeline; with `values` there is a column more, which may hold personal values."""
    columns = (*TIMELINE, "values") if values else TIMELINE
    return _frame(records, columns)


def attempts(tried: Iterable[Attempt]) -> pd.DataFrame:
    """Make the table of all attempts to send a webhook."""
    return _typed(_frame(tried, ATTEMPTS), "Int64", "status", "errors")


def messages(sent: Iterable[Sent]) -> pd.DataFrame:
    """Make the table of all messages that were sent, with their text."""
    return _frame(sent, MESSAGES)


def activity(entries: Iterable[Entry]) -> pd.DataFrame:
    """Make the Message Activity Log in Braze's columns."""
    import pandas as pd

    frame = pd.DataFrame([entry.row for entry in entries], columns=list(ACTIVITY_COLUMNS))
    return _timed(frame)


def _frame(values: Iterable[Any], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    rows = [[getattr(each, name) for name in columns] for each in values]
    return _timed(pd.DataFrame(rows, columns=list(columns)))


def _timed(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    for name in frame.columns.intersection(["time", "timestamp", "next_attempt"]):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame


def _typed(frame: pd.DataFrame, kind: str, *names: str) -> pd.DataFrame:
    return frame.astype(dict.fromkeys(names, kind))
