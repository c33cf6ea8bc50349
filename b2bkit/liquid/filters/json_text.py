"""The filters for JSON: `json_escape`, `json_parse`, `as_json_string`. All are Braze's own.

How values are printed for people lives in `printing`.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import LIQUID_ADVANCED_FILTERS
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.filters.inputs import Filter, text_of
from b2bkit.liquid.printing import DEEPEST, to_string
from b2bkit.liquid.run import LimitReached
from b2bkit.liquid.strftime import is_utc, strftime

if TYPE_CHECKING:
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run

_SPECIAL = re.compile(r'["\\\x00-\x1f]')
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def json_escape(value: Any) -> str:
    """Escape quotes, backslashes and control characters; add no quotes around.

    Letters of any script, `/` and `<` stay as they are: JSON allows them (Braze, Advanced
    filters; which characters Braze escapes beyond quotes and backslashes is assumed).
    """
    return _SPECIAL.sub(_escape, text_of(value))


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


@with_context
def json_parse(value: Any, *, context: Rendering) -> Any:
    """Turn JSON text into a value; nil, and a finding, if it is no JSON (Braze, Advanced filters).

    What Braze does with bad JSON is not documented.
    """
    text = text_of(value)
    try:
        parsed = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        _note_bad_json(context.run, text, error)
        return None
    return parsed


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _note_bad_json(run: Run, text: str, error: Exception) -> None:
    reason = "it is blank" if not text.strip() else str(error)
    run.note(
        "json-parse-failed",
        "warning",
        f"`json_parse` cannot read its input: {reason}. The preview goes on with nil; what Braze"
        " does is not documented.",
        "Test that the text is there and is JSON before parsing it.",
        LIQUID_ADVANCED_FILTERS,
    )


@with_context
def as_json_string(value: Any, *, context: Rendering) -> str:
    """Write a value as JSON text, without blanks between (Braze, Advanced filters).

    Raises:
        LimitReached: The text is longer, or the data deeper, than a filter may give.
    """
    return json_text(value, context.run)


def json_text(value: Any, run: Run, *, sort_keys: bool = False) -> str:
    """Write a value as JSON text, piece by piece, so that a limit can stop it.

    Raises:
        Fault: A number in it is infinite or none at all.
        LimitReached: The text is longer, or the data deeper, than a filter may give.
    """
    encoder = json.JSONEncoder(
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
        sort_keys=sort_keys,
        default=_plain,
    )
    pieces: list[str] = []
    size = 0
    try:
        for piece in encoder.iterencode(value):
            size += len(piece)
            run.check_size(size)
            pieces.append(piece)
    except ValueError as error:
        raise Fault("NaN or Infinity not allowed in JSON", "Check the calculation.") from error
    except RecursionError as error:
        raise LimitReached("data_nesting", DEEPEST) from error
    return "".join(pieces)


def _plain(value: Any) -> Any:
    """Put a value that JSON has no form for as Rails does."""
    if isinstance(value, datetime):
        return strftime(value, f"%FT%T.%L{'Z' if is_utc(value) else '%:z'}")
    return to_string(value)


FILTERS: dict[str, Filter] = {
    "as_json_string": as_json_string,
    "json_escape": json_escape,
    "json_parse": json_parse,
}
