"""Make a plan: read the file through, decide types, check every row, count what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from b2bkit.bulk import notices
from b2bkit.bulk.attributes import attribute_rows, track_endpoint
from b2bkit.bulk.changed_rows import ChangedRows
from b2bkit.bulk.changes import Changes
from b2bkit.bulk.errors import PlanProblem
from b2bkit.bulk.options import Options
from b2bkit.bulk.packing import pack
from b2bkit.bulk.planned import Plan
from b2bkit.bulk.price import Price
from b2bkit.bulk.source import open_source
from b2bkit.bulk.tally import Tally
from b2bkit.bulk.verdict import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from b2bkit.bulk.attributes import AttributeRows
    from b2bkit.bulk.rendering.webhook_rows import WebhookRows
    from b2bkit.bulk.repeats import Repeats
    from b2bkit.bulk.source import Source
    from b2bkit.bulk.verdict import ColumnReport
    from b2bkit.use_cases import UseCase
    from b2bkit.webhook import Webhook


def plan(
    csv: str | Path,
    *,
    id: str = "external_id",  # noqa: A002 - the word of the command line
    webhook: Webhook | UseCase | str | None = None,
    names: Mapping[str, str] | None = None,
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
        webhook: A webhook, a use case or its name: it is rendered for each row, from columns such
            as `event_properties.plan`, `context.x`, `first_name`, `my_custom_attribute`. Without
            one, columns become attributes.
        names: Of a use case: placeholder -> the name that stands in its place.
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
    text = _webhook_text(webhook, names)
    options = Options(
        id=id,
        webhook=text,
        rename=dict(rename or {}),
        drop=(drop,) if isinstance(drop, str) else tuple(drop),
        types=dict(types or {}),
        ops=dict(ops or {}),
        null=null,
        create=create,
        duplicates=duplicates,
        batch=batch,
        only_changed=None if only_changed is None else str(only_changed),
        now="" if text is None else datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return make(open_source(csv), options)


def again(options: Mapping[str, Any]) -> Plan:
    """Plan anew with the options of a plan."""
    chosen = {name: value for name, value in options.items() if name not in {"path", "digest"}}
    return make(open_source(options["path"]), Options.from_dict(chosen))


def make(source: Source, options: Options) -> Plan:
    """Make the plan of an open file.

    Raises:
        PlanProblem: If an option does not fit the file.
    """
    work = _work(source, options)
    tally = Tally()
    first = work.first(tally)
    changed = _changed(options)
    if changed is not None:
        changed.take(first)
        first, tally.points = changed.pieces(), changed.points
    for batch in pack(first):
        tally.note_batch(batch)
    endpoint = tally.endpoint or track_endpoint(options)
    return Plan(
        source=source,
        options={"path": str(source.path), "digest": source.digest, **options.as_dict()},
        rows=tally.rows,
        refused=tally.refused,
        unchanged=changed.unchanged if changed else 0,
        columns=tuple(_with_conflicts(each, tally) for each in work.columns),
        price=_price(tally, work.repeats, options),
        endpoint=endpoint,
        findings=work.findings,
        notices=(
            *source.notices,
            *notices.about_rows(tally.rows, work.repeats, options),
            *notices.about_requests(tally, options, endpoint),
            *work.notices,
        ),
        changes=changed.changes if changed else None,
        _pieces=changed or work,
    )


def _changed(options: Options) -> ChangedRows | None:
    if options.only_changed is None:
        return None
    return ChangedRows(Changes(options.only_changed), in_parts=options.webhook is None)


def _work(source: Source, options: Options) -> AttributeRows | WebhookRows:
    if options.webhook is None:
        return attribute_rows(source, options)
    from b2bkit.bulk.rendering.webhook_rows import webhook_rows

    return webhook_rows(source, options)


def _price(tally: Tally, repeats: Repeats, options: Options) -> Price:
    again = repeats.rows - repeats.profiles
    creates = options.create or options.webhook is not None
    return Price(
        requests=tally.requests,
        bytes=tally.bytes,
        minutes=tally.minutes,
        data_points=tally.points,
        may_create=max(0, tally.creates - again) if creates else 0,
    )


def _with_conflicts(column: ColumnReport, tally: Tally) -> ColumnReport:
    rows = tally.conflicts.rows.get(column.name, ())
    return replace(
        column,
        conflicts=tuple(Conflict(row, kind) for row, kind in rows),
        conflicting=tally.conflicts.count.get(column.name, 0),
    )


def _webhook_text(
    webhook: Webhook | UseCase | str | None, names: Mapping[str, str] | None
) -> str | None:
    """Give a webhook, or that of a use case with some names chosen, as TOML."""
    if webhook is None and not names:
        return None
    from b2bkit.use_cases import UseCase, use_case

    if isinstance(webhook, str):
        webhook = use_case(webhook, **dict(names or {}))
    elif isinstance(webhook, UseCase) and names:
        webhook = use_case(webhook.id, webhook.variant, **{**webhook.names, **names})
    elif names:
        raise PlanProblem(
            "names belong to a use case; a webhook has the names it was written with."
        )
    if isinstance(webhook, UseCase):
        webhook = webhook.webhook
    return None if webhook is None else webhook.to_toml()
