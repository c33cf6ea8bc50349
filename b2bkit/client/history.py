"""What a client has sent: one row for each send, also for those that failed."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import pandas as pd

    from b2bkit.client.response import Outcome


@dataclass(frozen=True, slots=True)
class Sent:
    """Hold one row of the history.

    Args:
        time: When sending began, with a time zone.
        method: Method of the request.
        path: Path of the request, without its query.
        status: HTTP status; `None` when no answer came.
        outcome: What became of it, in a word.
        errors: How many objects Braze did not take.
        elapsed_ms: Milliseconds until the answer; `None` when none came.
    """

    time: datetime
    method: str
    path: str
    status: int | None
    outcome: Outcome
    errors: int
    elapsed_ms: float | None


def frame(rows: Iterable[Sent]) -> pd.DataFrame:
    """Make the table; it has its columns and their types also when it is empty."""
    import pandas as pd

    names = [field.name for field in fields(Sent)]
    table = pd.DataFrame([astuple(row) for row in rows], columns=names)
    table["time"] = pd.to_datetime(table["time"], utc=True).dt.as_unit("us")
    return table.astype({"status": "Int64", "errors": "int64", "elapsed_ms": "float64"})
