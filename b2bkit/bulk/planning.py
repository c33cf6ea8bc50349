"""Make a plan: read the file through, decide types, check every row, count what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from b2bkit.braze import endpoints
from b2bkit.bulk import notices
from b2bkit.bulk.attributes import attribute_rows
from b2bkit.bulk.options import Options
from b2bkit.bulk.packing import pack
from b2bkit.bulk.plan import Plan
from b2bkit.bulk.price import Price, minutes
from b2bkit.bulk.source import open_source
from b2bkit.bulk.tally import Tally
from b2bkit.bulk.verdict import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.bulk.attributes import AttributeRows
    from b2bkit.bulk.source import Source
    from b2bkit.bulk.verdict import ColumnReport


def plan(
    csv: str | Path,
    *,
    id: str = "external_id",  # noqa: A002 - the word of the command line
    rename: Mapping[str, str] | None = None,
    drop: Iterable[str] = (),
    types: Mapping[str, str] | None = None,
    ops: Mapping[str, str] | None = None,
    null: str | None = None,
    create: bool = False,
    duplicates: str = "merge",
    batch: int = 75,
    only_changed: str | Path | None = None,
) -> Plan:
    """Plan a bulk update: read the whole file, check every row; nothing is sent.

    Args:
        csv: The file: CSV, Parquet or JSON lines, compressed with gzip or not.
        id: Column of the identifier, as `column` or `column:kind`; the kind is `external_id`,
            `alias`, `braze_id`, `email` or `phone`, and by default what the column is called.
        rename: Column -> the attribute that it becomes.
        drop: Columns to leave away.
        types: Column -> `text`, `integer`, `float`, `boolean`, `date`, `list` or `json`; without it
            the whole file decides.
        ops: Column -> `inc`, `add` or `remove` instead of setting.
        null: Text of a cell that removes the attribute; blank cells leave it alone.
        create: Whether profiles that do not exist are created.
        duplicates: `merge` rows of one profile that only set values, or `keep` them all.
        batch: Objects in a request: up to 75; 225 for legacy limits (75 in each array); any other
            number up to 1,000 goes to `/users/track/bulk`.
        only_changed: File that remembers, as keyed hashes, what was last accepted.

    Raises:
        FileProblem: If the file cannot be read as a table.
        PlanProblem: If an option does not fit the file.
    """
    options = Options(
        id=id,
        rename=dict(rename or {}),
        drop=(drop,) if isinstance(drop, str) else tuple(drop),
        types=dict(types or {}),
        ops=dict(ops or {}),
        null=null,
        create=create,
        duplicates=duplicates,
        batch=batch,
        only_changed=None if only_changed is None else str(only_changed),
    )
    return make(open_source(csv), options)


def make(source: Source, options: Options) -> Plan:
    """Make the plan of an open file.

    Raises:
        PlanProblem: If an option does not fit the file.
    """
    work = attribute_rows(source, options)
    tally = Tally()
    for batch in pack(work.pieces(tally)):
        tally.note_batch(batch)
    endpoint = endpoints.endpoint(work.target.method, work.target.path)
    return Plan(
        source=source,
        options={"path": str(source.path), "digest": source.digest, **options.as_dict()},
        rows=tally.rows,
        refused=tally.refused,
        unchanged=0,
        columns=tuple(_with_conflicts(each, tally) for each in work.columns),
        price=_price(tally, work, options, endpoint),
        endpoint=endpoint,
        findings=(),
        notices=(
            *source.notices,
            *notices.about_rows(tally.rows, work.repeats, options),
            *notices.about_options(options, endpoint),
            *notices.about_attributes(work.columns),
        ),
        changes=None,
        _pieces=work,
    )


def _price(tally: Tally, work: AttributeRows, options: Options, endpoint: Endpoint | None) -> Price:
    sent = tally.rows - len(tally.refused)
    profiles = max(0, sent - work.repeats.rows + work.repeats.profiles)
    return Price(
        requests=tally.requests,
        bytes=tally.bytes,
        minutes=minutes(tally.requests, endpoint.rate_limit if endpoint else None),
        data_points=tally.points,
        may_create=profiles if options.create else 0,
    )


def _with_conflicts(column: ColumnReport, tally: Tally) -> ColumnReport:
    rows = tally.conflicts.rows.get(column.name, ())
    return replace(
        column,
        conflicts=tuple(Conflict(row, kind) for row, kind in rows),
        conflicting=tally.conflicts.count.get(column.name, 0),
    )
