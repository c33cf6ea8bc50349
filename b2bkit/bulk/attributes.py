"""Columns to attributes: the rows of a file as pieces of `/users/track` requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.braze.endpoints import endpoint
from b2bkit.braze.limits import (
    BODY_BYTES,
    TRACK_BULK_BYTES,
    TRACK_BULK_OBJECTS_PER_PROFILE,
    TRACK_OBJECTS_LEGACY,
)
from b2bkit.bulk.batch import ENVELOPE_BYTES, Limits, Target
from b2bkit.bulk.columns import check_attribute, decide, find_columns, find_id
from b2bkit.bulk.merging import with_repeats
from b2bkit.bulk.notices import about_attributes
from b2bkit.bulk.repeats import Repeats, numbers_of
from b2bkit.bulk.rows import RowEncoder, which_add_and_set
from b2bkit.bulk.survey import Survey
from b2bkit.bulk.verdict import report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.bulk.options import Options
    from b2bkit.bulk.pieces import Piece
    from b2bkit.bulk.source import Source
    from b2bkit.bulk.tally import Tally
    from b2bkit.bulk.verdict import ColumnReport
    from b2bkit.findings import Finding

HOST = "https://rest.iad-01.braze.com"
"""A documented host: it stands for the instance that is chosen when the plan is run."""


@dataclass(frozen=True, slots=True)
class AttributeRows:
    """Turn rows into attributes objects by their columns; it can be done again and again.

    Args:
        source: The file.
        columns: What was decided about each column, the identifier's included.
        repeats: Which rows are about the same profile.
        target: Where the requests go.
        encoder: Turns blocks into objects.
        notices: What a person should know about the columns.
        findings: None: there is no webhook.
    """

    source: Source
    columns: tuple[ColumnReport, ...]
    repeats: Repeats
    target: Target
    encoder: RowEncoder
    notices: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def first(self, tally: Tally) -> Iterator[tuple[Target, Piece]]:
        """Give what requests are made of, and note in a tally what is left out."""
        return with_repeats(self._objects(tally), self.repeats)

    def pieces(self) -> Iterator[tuple[Target, Piece]]:
        """Give what requests are made of, in row order."""
        return with_repeats(self._objects(None), self.repeats)

    def _objects(self, tally: Tally | None) -> Iterator[tuple[Target, Piece]]:
        for block in self.source.blocks(self.encoder.places):
            slab = self.encoder.encode(block)
            if tally is not None:
                tally.note_block(block.count, block.unreadable, slab.problems)
                tally.points += slab.points
                tally.creates += len(slab.objects)
            yield self.target, slab.objects


def attribute_rows(source: Source, options: Options) -> AttributeRows:
    """Read a file through and decide what its columns are.

    Raises:
        PlanProblem: If an option does not fit the file.
    """
    identifier = find_id(source.names, options.id)
    columns = find_columns(source.names, options)
    columns = tuple(decide(each, identifier, source.declared) for each in columns)
    attributes = [each for each in columns if each.place not in identifier.places]
    for column in attributes:
        check_attribute(column, identifier)
    survey = Survey(tuple(each.place for each in columns), options.null)
    repeats = Repeats(keep=options.duplicates == "keep")
    for block in source.blocks({*survey.columns, *identifier.places}):
        survey.add(block)
        adds, sets = which_add_and_set(block, attributes)
        ids = [block.columns[place] for place in identifier.places]
        repeats.add(numbers_of(*ids), block.numbers, adds, sets)
    repeats.settle()
    verdicts = {each.place: report(each, survey.columns[each.place]) for each in columns}
    target = track_target(options)
    encoder = RowEncoder(
        identifier,
        source.names,
        [(each.place, verdicts[each.place]) for each in attributes],
        null=options.null,
        create=options.create,
        limit=target.limits.size,
    )
    reports = tuple(verdicts.values())
    notices = tuple(about_attributes(reports))
    return AttributeRows(source, reports, repeats, target, encoder, notices)


def track_target(options: Options) -> Target:
    """Give the address and the limits that a batch size stands for.

    Sources: Braze, API rate limits (2026-09-02), Track users in bulk (2026).
    """
    return Target("POST", HOST + track_path(options), limits=track_limits(options))


def track_path(options: Options) -> str:
    """Give the path that a batch size stands for."""
    return "/users/track/bulk" if options.is_bulk else "/users/track"


def track_endpoint(options: Options) -> Endpoint | None:
    """Give the endpoint that a batch size stands for."""
    return endpoint("POST", track_path(options))


def track_limits(options: Options) -> Limits:
    """Give the limits that a batch size stands for."""
    if options.is_legacy:
        return Limits(None, TRACK_OBJECTS_LEGACY)
    if options.is_bulk:
        size = TRACK_BULK_BYTES - ENVELOPE_BYTES
        return Limits(options.batch, None, size, TRACK_BULK_OBJECTS_PER_PROFILE)
    return Limits(options.batch, None, BODY_BYTES - ENVELOPE_BYTES)
