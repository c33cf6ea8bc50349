"""`Plan`: what will be sent for which row, reviewed by a person and then run as it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from b2bkit.bulk import show
from b2bkit.bulk.changed_rows import ChangedRows
from b2bkit.bulk.packing import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from b2bkit.braze.endpoints import Endpoint, RateLimit
    from b2bkit.bulk.batch import Batch, Target
    from b2bkit.bulk.changes import Changes
    from b2bkit.bulk.pieces import Piece
    from b2bkit.bulk.price import Price
    from b2bkit.bulk.refusals import Refusals, RefusedRow
    from b2bkit.bulk.source import Source
    from b2bkit.bulk.verdict import ColumnReport
    from b2bkit.findings import Finding

FORMAT = 1
"""Raised when the same file and options give other batches than before."""


class Pieces(Protocol):
    """What can give the pieces of all requests, again and again."""

    def pieces(self) -> Iterator[tuple[Target, Piece]]:
        """Give the pieces in row order."""


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """Hold what will be sent for each row of a file. Nothing of it is sent yet.

    Args:
        source: The file.
        options: What the plan was made with, as JSON values.
        rows: Rows of data in the file.
        refused: The rows that Braze would refuse or silently drop: they will not be sent.
        unchanged: Rows left out because the same was accepted before.
        columns: What each column holds, and as what it is sent.
        price: What it costs.
        endpoint: The endpoint of the requests; `None` where Braze documents none.
        findings: What is wrong with the webhook.
        notices: What else a person should know, as sentences.
        changes: The store of what was last accepted; `None` without `only_changed`.
    """

    UNCHANGED = "unchanged: the same values were accepted before"

    source: Source
    options: Mapping[str, Any]
    rows: int
    refused: Refusals
    unchanged: int
    columns: tuple[ColumnReport, ...]
    price: Price
    endpoint: Endpoint | None
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    changes: Changes | None
    _pieces: Pieces

    @classmethod
    def again(cls, options: Mapping[str, Any]) -> Plan:
        """Plan anew with the options of a plan; `fingerprint` tells whether it is the same.

        Raises:
            FileProblem: If the file cannot be read any more.
            PlanProblem: If the options do not fit it any more.
        """
        from b2bkit.bulk.planning import again

        return again(options)

    @property
    def valid(self) -> int:
        """Count the rows that will be sent."""
        return self.rows - len(self.refused) - self.unchanged

    @property
    def requests(self) -> int:
        """Count the requests."""
        return self.price.requests

    @property
    def bytes(self) -> int:
        """Count the bytes of all bodies."""
        return self.price.bytes

    @property
    def minutes(self) -> float | None:
        """Give the minutes at the allowed rate; `None` where Braze names no rate."""
        return self.price.minutes

    @property
    def rate(self) -> RateLimit | None:
        """Give the rate that Braze allows; `None` where it names none."""
        return self.endpoint.rate_limit if self.endpoint else None

    @property
    def fingerprint(self) -> str:
        """Give what only the same file and the same options give again."""
        parts = [
            FORMAT, self.source.digest, dict(self.options), self.rows, self.valid, self.unchanged,
            self.requests, self.bytes, [[it.name, it.type] for it in self.columns],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def batches(self, from_batch: int = 0) -> Iterator[Batch]:
        """Give the requests in order, always the same ones.

        Args:
            from_batch: The number of the first one that is wanted.

        Raises:
            FileChanged: If the file is not the one that was planned.
        """
        for batch in pack(self._pieces.pieces()):
            if batch.number >= from_batch:
                yield batch

    def unchanged_rows(self) -> Iterator[int]:
        """Give the rows that are left out because the same was accepted before, in order."""
        return self._pieces.rows() if isinstance(self._pieces, ChangedRows) else iter(())

    def to_dict(self, refused: Iterable[RefusedRow] | None = None) -> dict[str, Any]:
        """Give what `b2bkit bulk plan --json` prints.

        Args:
            refused: The refused rows to list; `None` for all of them.
        """
        listed = self.refused if refused is None else refused
        return {
            "rows": self.rows,
            "valid": self.valid,
            "refused": [each._asdict() for each in listed],
            "requests": self.requests,
            "bytes": self.bytes,
            "minutes": self.minutes,
            "columns": [column.to_dict() for column in self.columns],
        }

    def frame(self) -> pd.DataFrame:
        """Give a table with a row for each column of the file.

        Columns: `column`, `becomes`, `type`, `decided by`, `suggested`, `shares`, `blank`,
        `conflicts` (how many), `rows` (the first of them), `losses`.
        """
        import pandas as pd

        return pd.DataFrame([show.column_row(each) for each in self.columns])

    def __repr__(self) -> str:
        return f"<Plan {self.source.path.name}: {self.valid:,} of {self.rows:,} rows>"

    def __str__(self) -> str:
        return show.text(self)

    def _repr_html_(self) -> str:
        return show.html(self)
