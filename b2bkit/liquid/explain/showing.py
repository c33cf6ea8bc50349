"""How values and steps are shown to a person: as text, and as a table in a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b2bkit import display
from b2bkit.liquid.compare import BLANK, EMPTY
from b2bkit.liquid.printing import to_string

if TYPE_CHECKING:
    from b2bkit.liquid.explain.steps import Explanation, Step

COLUMNS = (
    "line", "column", "block", "depth", "kind", "text", "happened", "outcome", "printed"
)  # fmt: skip
HEAD = ("Line and Liquid", "What happens", "Prints")

MOST_STEPS = 300
"""Steps that are shown; `frame()` has all."""

WIDEST = 80
"""Characters of a value that are shown."""

LONGEST = 2_000
"""Characters of a cell in a notebook's table."""

_WORDS = ((BLANK, "blank"), (EMPTY, "empty"))


def kind(value: Any) -> str:
    """Name what a value is, as `Field.kind` does; `nothing` where there is none."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        is_objects = bool(value) and all(isinstance(item, Mapping) for item in value)
        return "list of objects" if is_objects else "list"
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "boolean"),
        (str, "text"),
        (Mapping, "object"),
        (date, "date"),
        (range, "range"),
    )
    return next((name for types, name in names if isinstance(value, types)), "number")


def literal(value: Any) -> str:
    """Write a value as Liquid would; a list or object as JSON, long ones cut."""
    if value is None:
        return "nil"
    if word := next((word for marker, word in _WORDS if value is marker), ""):
        return word
    if isinstance(value, str):
        quote = '"' if "'" in value else "'"
        return f"{quote}{short(value)}{quote}".replace("\n", "\\n")
    if isinstance(value, list | Mapping):
        return short(json.dumps(value, ensure_ascii=False, default=_as_json))
    return short(to_string(value))


def _as_json(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else to_string(value)


def with_kind(value: Any) -> str:
    """Write a value with its kind, as in `3 (number)`."""
    name = kind(value)
    if value is None:
        return name
    count = f" of {len(value)}" if isinstance(value, list) and name == "list" else ""
    return f"{literal(value)} ({name}{count})"


def short(text: str, widest: int = WIDEST) -> str:
    """Cut a text that is too long to be shown."""
    return text if len(text) <= widest else f"{text[:widest]}…"


def row(step: Step) -> tuple[Any, ...]:
    """Give a step as a row of `COLUMNS`."""
    happened = "\n".join(map(str, step.happened))
    places = (step.line, step.column, step.block, step.depth)
    return (*places, step.kind, step.text, happened, step.outcome, step.printed)


def plain(explanation: Explanation) -> str:
    """Write an explanation as text: each step with what happened below it, then the ending."""
    return "\n".join([*_plain_lines(explanation), explanation.ending])


def _plain_lines(explanation: Explanation) -> Iterator[str]:
    for step in _shown(explanation):
        margin = "  " * step.depth
        heading, *details = _told(step)
        yield f"{step.line or '':>4}  {margin}{heading}"
        yield from (f"      {margin}    {detail}" for detail in details)
    if note := _more(explanation):
        yield f"      {note}"


def _told(step: Step) -> Iterator[str]:
    """Yield what is said of a step, a line each; the first names it."""
    prints = f"prints {_one_line(step.printed)}" if step.printed else ""
    if step.kind == "text":
        yield prints
        return
    yield _one_line(step.text) or step.outcome
    yield from map(str, step.happened)
    if step.text and step.outcome:
        yield f"→ {step.outcome}"
    if prints:
        yield prints


def html(explanation: Explanation) -> str:
    """Show an explanation as a table, escaped."""
    rows = [_cells(step) for step in _shown(explanation)]
    if note := _more(explanation):
        rows.append((note, "", ""))
    return display.table(HEAD, rows) + display.line(explanation.ending, strong=True)


def _cells(step: Step) -> tuple[str, str, str]:
    place = f"{step.line or '':>3}" if step.block is None else f"{step.block} {step.line}"
    text = "" if step.kind == "text" else step.text or step.outcome
    outcome = f"→ {step.outcome}" if step.text and step.outcome else ""
    happened = "\n".join([*map(str, step.happened), outcome]).strip("\n")
    margin = "  " * step.depth
    return (
        f"{place}  {margin}{short(text, LONGEST)}".rstrip(),
        short(happened, LONGEST),
        short(step.printed.strip("\n"), LONGEST),
    )


def _shown(explanation: Explanation) -> list[Step]:
    """List the steps that are shown: text that is blank or is not printed is not."""
    steps = [step for step in explanation.steps if step.kind != "text" or step.printed.strip()]
    return steps[:MOST_STEPS]


def _more(explanation: Explanation) -> str:
    left = len(explanation.steps) - MOST_STEPS
    return f"… {left:,} more steps" if left > 0 else ""


def _one_line(text: str) -> str:
    return short(" ".join(text.split()))
