"""Which type a column gets, and what a person should know before it is sent as that.

The type is suggested by more than half of the cells that are filled; the others are conflicts, and
their rows are refused unless the person says otherwise. Digits that are names of things (leading
zeros, a plus sign, more digits than a number keeps) make a column of numbers a column of text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from b2bkit.bulk.cells import IDENTIFIERS, Kind, Loss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.bulk.columns import Column
    from b2bkit.bulk.survey import ColumnSurvey
    from b2bkit.bulk.types import CellType, Operation

_SUGGESTED: tuple[tuple[CellType, frozenset[Kind]], ...] = (
    ("integer", frozenset({Kind.INTEGER})),
    ("float", frozenset({Kind.INTEGER, Kind.FLOAT})),
    ("boolean", frozenset({Kind.BOOLEAN})),
    ("date", frozenset({Kind.DATE})),
    ("list", frozenset({Kind.LIST})),
    ("json", frozenset({Kind.JSON, Kind.LIST})),
)
_NUMERIC = frozenset({Kind.INTEGER, Kind.FLOAT})


class Conflict(NamedTuple):
    """Name a row whose cell does not fit its column's type."""

    row: int
    type: str


@dataclass(frozen=True, slots=True)
class LossReport:
    """Say what does not come through unchanged, how often, and where first."""

    loss: Loss
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """Tell what a column holds, over the whole file, and as what it is sent.

    Args:
        name: Its name in the file.
        target: The attribute or field that it becomes.
        type: Its type.
        decided_by: Who decided the type: `you`, `Braze`, `the file`, `the cells`.
        suggested: The type that the cells suggest.
        shares: Type -> share of the filled cells, largest first.
        blank: Cells that are blank.
        null: Cells that mean null.
        losses: What does not come through unchanged.
        op: What it does instead of setting; `None` where it sets.
        conflicts: The first rows whose cells do not fit the type; they are refused.
        conflicting: How many such cells there are.
    """

    name: str
    target: str
    type: CellType
    decided_by: str
    suggested: CellType
    shares: Mapping[str, float]
    blank: int
    null: int
    losses: tuple[LossReport, ...]
    op: Operation | None = None
    conflicts: tuple[Conflict, ...] = ()
    conflicting: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Give what `b2bkit bulk plan --json` shows of it."""
        return {
            "name": self.name,
            "type": self.type,
            "shares": dict(self.shares),
            "conflicts": [each._asdict() for each in self.conflicts],
        }


def report(column: Column, survey: ColumnSurvey) -> ColumnReport:
    """Decide the type of a column, and tell what it holds."""
    suggested = suggest(survey)
    chosen = column.type or ("integer" if column.op == "inc" else suggested)
    kinds = {kind: seen for kind, seen in survey.kinds.items() if kind not in _NOT_FILLED}
    filled = survey.filled
    return ColumnReport(
        name=column.name,
        target=column.target,
        type=chosen,
        decided_by=column.decided_by or "the cells",
        suggested=suggested,
        shares={
            kind.word: round(seen.count / filled, 6)
            for kind, seen in sorted(kinds.items(), key=lambda it: -it[1].count)
        },
        blank=survey.count(Kind.BLANK),
        null=survey.count(Kind.NULL),
        losses=tuple(
            LossReport(loss, seen.count, tuple(seen.rows)) for loss, seen in survey.losses.items()
        ),
        op=column.op,
    )


def suggest(survey: ColumnSurvey) -> CellType:
    """Suggest the narrowest type that more than half of the filled cells fit."""
    filled = survey.filled
    for name, kinds in _SUGGESTED:
        numbers_only = name == "integer" and survey.count(Kind.FLOAT)
        if survey.count(*kinds) * 2 > filled and not numbers_only:
            is_name = kinds <= _NUMERIC and IDENTIFIERS & survey.losses.keys()
            return "text" if is_name else name
    return "text"


_NOT_FILLED = frozenset({Kind.BLANK, Kind.NULL})
