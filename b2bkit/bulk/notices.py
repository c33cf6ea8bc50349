"""What a person should know before a plan is run, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.limits import TRACK_OBJECTS_LEGACY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.braze.endpoints import Endpoint
    from b2bkit.bulk.options import Options
    from b2bkit.bulk.repeats import Repeats
    from b2bkit.bulk.tally import Tally
    from b2bkit.bulk.verdict import ColumnReport

NO_ROWS = "The file has a header and no rows: there is nothing to send."


def about_rows(rows: int, repeats: Repeats, options: Options) -> Iterator[str]:
    """Say what is to know about the rows as such."""
    if not rows:
        yield NO_ROWS
    if not repeats.rows:
        return
    common = f"{repeats.rows:,} rows are about {repeats.profiles:,} profiles that come repeatedly."
    if options.duplicates == "keep":
        yield (
            f"{common} All are sent, never two of one profile at a time; Braze promises no order "
            "between requests."
        )
    else:
        yield (
            f"{common} Rows that only set values are merged, the last row winning attribute by "
            "attribute; rows that add are all sent."
        )


def about_requests(tally: Tally, options: Options, endpoint: Endpoint | None) -> Iterator[str]:
    """Say how rows go into requests, and what follows from the options."""
    if options.is_bulk:
        beta = endpoint.note if endpoint else ""
        yield f"Requests of {options.batch:,} objects go to /users/track/bulk. {beta}".strip()
    if options.is_legacy:
        yield (
            f"Requests hold up to {TRACK_OBJECTS_LEGACY} objects in each array, which only "
            "accounts on legacy rate limits may send."
        )
    if options.create:
        yield "Profiles that do not exist are created."
    if tally.alone:
        rate = endpoint.rate_limit if endpoint else "at a rate that Braze does not document"
        yield f"{tally.alone:,} rows need a request of their own: {rate}."


def about_attributes(columns: tuple[ColumnReport, ...]) -> Iterator[str]:
    """Say what is to know about columns that become attributes."""
    dotted = [it for it in columns if "." in it.target]
    if not dotted:
        return
    from b2bkit.liquid.namespaces import NAMESPACES

    spaces = [it.name for it in dotted if it.target.partition(".")[0] in NAMESPACES]
    if spaces:
        yield (
            f"Without a webhook {', '.join(spaces)} become custom attributes of just these names."
        )
