"""A cell as a value of its column's type, one at a time, or why it is none.

Reasons name the kind of what was found, never the cell: they end up in reports and logs.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from b2bkit.bulk.cells import FALSE, OF_TYPE, TRUE, as_list, read, read_json
from b2bkit.profiles import is_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.bulk.types import CellType

_INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
_FLOAT = re.compile(r"[+-]?(?:[0-9]{1,300}\.?[0-9]{0,300}|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?")
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Value:
    """Hold a value, and how it is written in JSON: to the last digit as the cell has it."""

    value: Any
    json: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Say why a cell cannot be sent.

    Args:
        reason: The reason, without the cell.
        found: Where the cell is not of its column's type: what it is instead.
    """

    reason: str
    found: str = ""


def read_value(
    type: CellType,  # noqa: A002 - the word of the task
    text: str,
    *,
    told: bool = True,
) -> Value | Problem:
    """Read a cell that is neither blank nor null as a value of a type.

    Args:
        type: The type of its column.
        text: The cell.
        told: Whether somebody decided the type. If it was only suggested, a cell must look like one
            of the type; if it was decided, whatever can be read as one is: `yes` as a boolean,
            `007` as an integer.
    """
    if not told and read(text).kind not in OF_TYPE[type]:
        return misfit(type, text)
    return _READERS[type](text)


def text_value(text: str) -> Value:
    """Take a cell as text."""
    return Value(text, json.dumps(text, ensure_ascii=False))


def misfit(type: CellType, text: str) -> Problem:  # noqa: A002
    """Say that a cell is not of its column's type."""
    found = read(text)
    word = found.kind.word
    why = f" ({found.loss.value.rstrip('.')})" if found.loss else ""
    return Problem(f"the column is of type {type}, the cell holds {word}{why}", word)


def _integer(text: str) -> Value | Problem:
    inner = text.strip()
    if not _INTEGER.fullmatch(inner):
        return misfit("integer", text)
    number = int(inner)
    if not -_LARGEST <= number < _LARGEST:
        return Problem("the number is larger than 64 bits hold", "integer")
    return Value(number, str(number))


def _float(text: str) -> Value | Problem:
    inner = text.strip()
    if not _FLOAT.fullmatch(inner):
        return misfit("float", text)
    number = float(inner)
    if not isfinite(number):
        return Problem("the number is not finite", "float")
    if inner.lstrip("-").isdigit() and len(inner) < 16:
        return Value(int(inner), str(int(inner)))
    return Value(number, inner if _JSON_NUMBER.fullmatch(inner) else repr(number))


def _boolean(text: str) -> Value | Problem:
    word = text.strip().lower()
    if word in TRUE:
        return Value(True, "true")
    return Value(False, "false") if word in FALSE else misfit("boolean", text)


def _date(text: str) -> Value | Problem:
    inner = text.strip()
    return text_value(inner) if is_date(inner) else misfit("date", text)


def _list(text: str) -> Value | Problem:
    found = _json(text)
    return (
        found
        if isinstance(found, Value) and isinstance(found.value, list)
        else misfit("list", text)
    )


def _json(text: str) -> Value | Problem:
    inner = as_list(text.strip())
    try:
        return Value(read_json(inner), inner)
    except ValueError:
        return misfit("json", text)


_READERS: dict[CellType, Callable[[str], Value | Problem]] = {
    "text": text_value,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "date": _date,
    "list": _list,
    "json": _json,
}
