"""The filters for dates: `date` and Braze's `time_zone`.

How text becomes a moment lives in `dates`, how a moment is formatted in `strftime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import LIQUID_FILTERS, RUBY_LIQUID
from b2bkit.liquid import dates
from b2bkit.liquid.filters.inputs import Filter, text_of
from b2bkit.liquid.strftime import strftime

if TYPE_CHECKING:
    from datetime import datetime

    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run

_FIRST_SECOND_OF_10000 = 253_402_300_800


@with_context
def date(value: Any, pattern: Any, *, context: Rendering) -> Any:
    """Format a moment; what is no moment, or a blank pattern, leaves the value as it is.

    Raises:
        Fault: The pattern pads to more characters than Ruby allows.
    """
    wanted, run = text_of(pattern), context.run
    if not wanted:
        return value
    moment = _moment(value, run)
    if moment is None:
        return value
    formatted = strftime(moment, wanted)
    run.check_size(len(formatted))
    return formatted


@with_context
def time_zone(value: Any, zone: Any, *, context: Rendering) -> Any:
    """Move a moment to a zone, so that `date` prints that zone's clock (Braze, Liquid filters).

    The value stays as it is when it is no moment or the zone is not known.
    """
    run = context.run
    found = dates.time_zone(zone)
    if found is None:
        _note_zone(run, text_of(zone))
        return value
    moment = _moment(value, run)
    if moment is None:
        return value
    try:
        return moment.astimezone(found)
    except OverflowError:
        return value


def _moment(value: Any, run: Run) -> datetime | None:
    reading = dates.read(value, run.now)
    if reading is None:
        _note_unreadable(run, value)
        return None
    if reading.remark == "day first":
        _note_day_first(run, text_of(value), reading.moment)
    elif reading.remark == "filled from the clock":
        _note_filled(run, text_of(value), reading.moment)
    return reading.moment


def _note_zone(run: Run, name: str) -> None:
    run.note(
        "time-zone-unknown",
        "warning",
        f"There is no time zone {name[:40]!r}: the time keeps the zone it has. What Braze does is"
        " not documented."
        if name
        else "The time zone is missing: the time keeps the zone it has. What Braze does is not"
        " documented.",
        "Use a name such as 'America/New_York'; for users without one give a default.",
        LIQUID_FILTERS,
    )


def _note_unreadable(run: Run, value: Any) -> None:
    text = text_of(value)
    if not text:
        return
    if text.isascii() and text.isdigit() and int(text[:20]) >= _FIRST_SECOND_OF_10000:
        run.note(
            "date-in-milliseconds",
            "warning",
            f"{text[:40]} as seconds since 1970 is a date after the year 9999, which the preview"
            " cannot show: it prints the number. It looks like milliseconds.",
            "Put `| divided_by: 1000` before `date`.",
            RUBY_LIQUID,
        )
        return
    run.note(
        "date-unreadable",
        "warning",
        f"{text[:40]!r} cannot be read as a date: it is printed as it is.",
        "Store dates in ISO 8601, such as 2026-01-31T10:00:00Z.",
        RUBY_LIQUID,
    )


def _note_day_first(run: Run, text: str, moment: datetime) -> None:
    run.note(
        "date-day-first",
        "warning",
        f"{text[:40]!r} is read with the day first: {strftime(moment, '%-d %B %Y')}.",
        "Store dates in ISO 8601, such as 2026-01-31.",
        RUBY_LIQUID,
    )


def _note_filled(run: Run, text: str, moment: datetime) -> None:
    run.note(
        "date-filled-from-the-clock",
        "warning",
        f"{text[:40]!r} names no full date: the rest is taken from the day of sending,"
        f" here {strftime(moment, '%F %T')}.",
        "Store full dates in ISO 8601, such as 2026-01-31T10:00:00Z.",
        RUBY_LIQUID,
    )


FILTERS: dict[str, Filter] = {"date": date, "time_zone": time_zone}
