"""The one door to pandas for rooms that are pure themselves: rows in, a DataFrame out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pandas import DataFrame  # noqa: TC004 - handed on for annotations only

__all__ = ["DataFrame", "frame"]


def frame(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> DataFrame:
    """Make a table; pandas is imported here and not before."""
    import pandas as pd

    return pd.DataFrame.from_records(list(rows), columns=list(columns))
