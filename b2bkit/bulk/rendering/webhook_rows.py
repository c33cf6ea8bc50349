"""A webhook per row: columns are given to its Liquid, and what comes out is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from b2bkit.braze.limits import RECIPIENTS
from b2bkit.braze.names import api_name
from b2bkit.bulk.attributes import track_limits, track_path
from b2bkit.bulk.batch import Limits
from b2bkit.bulk.columns import IdColumn, attribute_type, decide, find_columns, find_id
from b2bkit.bulk.errors import PlanProblem
from b2bkit.bulk.merging import with_repeats
from b2bkit.bulk.rendering.block import ADDS, SETS, Job
from b2bkit.bulk.rendering.crew import render_all
from b2bkit.bulk.rendering.row import RowRenderer
from b2bkit.bulk.rendering.setup import Input, Setup, place
from b2bkit.bulk.rendering.spool import Kinds, Spool
from b2bkit.bulk.repeats import Repeats
from b2bkit.bulk.survey import Survey
from b2bkit.bulk.values import Value, read_value
from b2bkit.bulk.verdict import report
from b2bkit.liquid import Context, TemplateError
from b2bkit.liquid.namespaces import STANDARD
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from b2bkit.bulk.batch import Target
    from b2bkit.bulk.columns import Column
    from b2bkit.bulk.options import Options
    from b2bkit.bulk.pieces import Piece
    from b2bkit.bulk.rendering.block import Rendered
    from b2bkit.bulk.source import Block, Source
    from b2bkit.bulk.tally import Tally
    from b2bkit.bulk.verdict import ColumnReport
    from b2bkit.findings import Finding

_LIQUID_ID = {
    "external_id": "user_id",
    "braze_id": "braze_id",
    "email": "email_address",
    "phone": "phone_number",
}
_TRIGGER = Limits(RECIPIENTS, profile=1)


@dataclass(frozen=True, slots=True)
class WebhookRows:
    """Render a webhook for each row, once, and give what came out again and again.

    Args:
        source: The file.
        columns: What was decided about each column that the webhook reads.
        findings: What is wrong with the webhook, as the first row shows it.
        notices: What a person should know about its fields and the columns.
        repeats: Which rows are about the same profile.
        setup: What all rows have in common.
        places: The column of each input, and that of the identifier.
        spool: What came out.
    """

    source: Source
    columns: tuple[ColumnReport, ...]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    repeats: Repeats
    setup: Setup
    places: tuple[tuple[int, ...], int | None]
    spool: Spool

    def first(self, tally: Tally) -> Iterator[tuple[Target, Piece]]:
        """Render all rows; then give what requests are made of."""
        blocks: list[Block] = []

        def jobs() -> Iterator[Job]:
            for block in self.source.blocks(self._wanted):
                blocks.append(block)
                yield self._job(block)

        for done in render_all(self.setup, jobs()):
            block = blocks.pop(0)
            tally.note_block(block.count, block.unreadable, done.problems)
            tally.points += done.points
            tally.creates += done.creates
            self._note_profiles(done)
            self.spool.write(done.pieces)
        self.repeats.settle()
        return self.pieces()

    def pieces(self) -> Iterator[tuple[Target, Piece]]:
        """Give what requests are made of, in row order."""
        return with_repeats(self.spool.pieces(), self.repeats)

    @property
    def _wanted(self) -> set[int]:
        inputs, who = self.places
        return {*inputs, *(() if who is None else (who,))}

    def _job(self, block: Block) -> Job:
        inputs, who = self.places
        numbers: list[int] = block.numbers.tolist()
        return Job(
            numbers,
            [""] * len(numbers) if who is None else block.columns[who].to_pylist(),
            [block.columns[place].to_pylist() for place in inputs],
        )

    def _note_profiles(self, done: Rendered) -> None:
        codes = np.frombuffer(done.codes, np.int64)
        profiles = np.frombuffer(done.profiles, np.uint64)
        self.repeats.add(profiles, codes >> 2, (codes & ADDS) > 0, (codes & SETS) > 0)


def webhook_rows(source: Source, options: Options) -> WebhookRows:
    """Read a file through and decide what its columns are to a webhook.

    Raises:
        PlanProblem: If an option does not fit the file or the webhook.
    """
    webhook = _webhook(options)
    identifier = _identifier(source.names, options)
    columns = find_columns(source.names, options)
    given = _given(columns, identifier)
    wanted = _wanted(webhook)
    used = {name: column for name, column in given.items() if name in wanted}
    decided = {column.place: _decided(column, identifier, source) for column in used.values()}
    survey = Survey(tuple(decided), options.null)
    for block in source.blocks(decided):
        survey.add(block)
    verdicts = {at: report(column, survey.columns[at]) for at, column in decided.items()}
    inputs = [
        Input(column.name, *name, verdicts[column.place].type, bool(decided[column.place].type))
        for name, column in used.items()
    ]
    limits = track_limits(options)
    setup = Setup(
        webhook=webhook.to_toml(),
        inputs=tuple(inputs),
        null=options.null,
        now=options.now,
        size=limits.size,
        objects=limits.together or limits.each or 1,
    )
    return WebhookRows(
        source=source,
        columns=tuple(verdicts.values()),
        findings=_findings(webhook, setup, source, [it.place for it in used.values()]),
        notices=tuple(_notices(columns, used, wanted, identifier)),
        repeats=Repeats(keep=options.duplicates == "keep"),
        setup=setup,
        places=(
            tuple(column.place for column in used.values()),
            None if identifier is None else identifier.place,
        ),
        spool=Spool(Kinds(limits, _TRIGGER), _renderer(setup).fixed),
    )


def _webhook(options: Options) -> Webhook:
    webhook = Webhook.from_toml(options.webhook or "")
    if options.ops:
        raise PlanProblem(
            "ops belong to columns that become attributes. A webhook says itself what is added, "
            'as in {"visits": {"inc": 1}}.'
        )
    if options.create:
        raise PlanProblem(
            "create belongs to columns that become attributes. A webhook says itself whether "
            'profiles are created, by "_update_existing_only".'
        )
    if options.is_bulk and webhook.url.endswith("/users/track"):
        return replace(webhook, url=webhook.url.removesuffix("/users/track") + track_path(options))
    return webhook


def _identifier(names: Sequence[str], options: Options) -> IdColumn | None:
    """Find the identifier; a webhook may do without one."""
    if options.id in names or options.id != "external_id":
        return find_id(names, options.id)
    return IdColumn(names.index("user_id"), "external_id") if "user_id" in names else None


def _given(columns: Sequence[Column], identifier: IdColumn | None) -> dict[tuple[str, str], Column]:
    """Say which column gives which field of Liquid."""
    given: dict[tuple[str, str], Column] = {}
    for column in columns:
        names = [place(column.target)]
        if identifier is not None and column.place == identifier.place:
            liquid = _LIQUID_ID.get(identifier.kind)
            names += [(STANDARD, liquid)] if liquid else []
        for name in dict.fromkeys(names):
            if name in given:
                raise PlanProblem(
                    f"The columns {given[name].name} and {column.name} would both give "
                    f"{name[1]} to the webhook. Drop or rename one of them."
                )
            given[name] = column
    return given


def _wanted(webhook: Webhook) -> dict[tuple[str, str], str]:
    """List the fields that a webhook reads, with how they are written."""
    try:
        return {(it.namespace, it.name): str(it) for it in webhook.fields}
    except TemplateError as error:
        raise PlanProblem(f"The webhook cannot be rendered: {error}") from error


def _decided(column: Column, identifier: IdColumn | None, source: Source) -> Column:
    """Note who has decided a column's type; standard attributes have Braze's."""
    space, name = place(column.target)
    known = attribute_type(replace(column, target=api_name(name))) if space == STANDARD else None
    if known is not None and column.type is None:
        return replace(column, type=known, decided_by="Braze")
    nobody = IdColumn(-1, "external_id")
    return decide(replace(column, target=f"{space}.{name}"), identifier or nobody, source.declared)


def _findings(
    webhook: Webhook, setup: Setup, source: Source, places: Sequence[int]
) -> tuple[Finding, ...]:
    """Look at the webhook as the first row shows it."""
    block = next((block for block in source.blocks(places) if len(block.numbers)), None)
    if block is None:
        return ()
    spaces: dict[str, Any] = {}
    texts: list[str] = []
    for each, at in zip(setup.inputs, places, strict=True):
        text = block.columns[at][0].as_py()
        value = read_value(each.type, text, told=each.told) if text else None
        found = value.value if isinstance(value, Value) else None
        spaces.setdefault(each.namespace, {})[each.name] = found
        texts.append(text)
    preview = webhook.preview(Context(**spaces, now=setup.now))
    return tuple(it for it in preview.findings if not _quotes(it, texts))


def _quotes(finding: Finding, texts: Sequence[str]) -> bool:
    """Tell whether a finding quotes a cell: a plan shows none."""
    return any(len(text) > 2 and text in finding.message for text in texts)


def _notices(
    columns: Sequence[Column],
    used: dict[tuple[str, str], Column],
    wanted: dict[tuple[str, str], str],
    identifier: IdColumn | None,
) -> Iterator[str]:
    missing = [written for name, written in wanted.items() if name not in used]
    if missing:
        yield f"No column gives {', '.join(missing)}: blank in every row."
    places = {column.place for column in used.values()}
    places |= {identifier.place} if identifier else set()
    unused = [column.name for column in columns if column.place not in places]
    if unused:
        yield f"The webhook does not read {', '.join(unused)}: these columns are not sent."


def _renderer(setup: Setup) -> RowRenderer:
    try:
        return RowRenderer(setup)
    except TemplateError as error:
        raise PlanProblem(f"The webhook cannot be rendered: {error}") from error
