"""What a person types into one field, as the value that Liquid will read. No widgets here.

An `Entry` is a value together with its form: a counter may hold the number 4 or the text "4", and
telling the two apart is half of what the Explorer teaches. A field can also be null, blank, or
missing altogether. Which widget stands for which form lives in `b2bkit.ui.fields`.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable

Form = Literal[
    "text",
    "number",
    "boolean",
    "date",
    "date and time",
    "list",
    "object",
    "blank",
    "null",
    "missing",
]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""The forms in the order in which they are offered."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_FORM_OF_KIND: Final[dict[str, Form]] = {
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "list": "list",
    "list of objects": "list",
    "object": "object",
}
_NO_VALUE: Final = ("blank", "null", "missing")
_LARGEST_EXACT = 2**53


class _Missing:
    """The value of a field that is not there; `None` is null, which is something else."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what was typed into a field.

    Args:
        form: What kind of value it is meant to be.
        value: The value, JSON-like. Kept while the form is null or missing, so that choosing the
            form again brings it back.
        raw: The text as typed, where it cannot be read as `form`; then `value` is the last that
            could be.
        problem: Why `raw` cannot be read and what to write instead; blank when all is well.
    """

    form: Form
    value: Any = None
    raw: str | None = None
    problem: str = ""

    @property
    def given(self) -> Any:
        """Hand out the value for Liquid; `MISSING` when the field is left out."""
        if self.form == "missing":
            return MISSING
        if self.form == "null":
            return None
        return "" if self.form == "blank" else self.value

    @property
    def text(self) -> str:
        """Give the value as it stands in a text input."""
        if self.raw is not None:
            return self.raw
        return "" if self.form in _NO_VALUE else _as_text(self.value)


def entry_of(value: Any, kind: str = "text") -> Entry:
    """Make the entry of a value that a profile or an event holds.

    The value's own type decides, not the kind the template expects: a counter that has become
    text shows as text. Only dates, which JSON writes as text, are told by the kind.
    """
    if isinstance(value, _Missing):
        return Entry("missing", _empty(_FORM_OF_KIND.get(kind, "text")))
    return Entry(_form_of(value, kind), value)


def read(form: Form, typed: str, before: Entry) -> Entry:
    """Read a typed text as a form; one that cannot be read keeps the value it had `before`."""
    if form in _NO_VALUE:
        return replace(before, form=form, raw=None, problem="")
    try:
        return Entry(form, _READERS[form](typed))
    except ValueError:
        kept = before.value if _fits(before.value, form) else _empty(form)
        return Entry(form, kept, typed, _SAY_INSTEAD[form])


def change_form(entry: Entry, form: Form) -> Entry:
    """Turn an entry into another form, carrying over what can be read as that form."""
    if form in _NO_VALUE:
        return replace(entry, form=form, raw=None, problem="")
    if _fits(entry.value, form):
        return Entry(form, entry.value)
    as_read = read(form, entry.raw or _as_text(entry.value), entry)
    return Entry(form, _empty(form)) if as_read.problem else as_read


def whole(number: float) -> int | float:
    """Give a number input's 3.0 as the 3 that was typed."""
    is_whole = number.is_integer() and abs(number) < _LARGEST_EXACT
    return int(number) if is_whole else number


def _form_of(value: Any, kind: str) -> Form:
    if value is None:
        return "null"
    if value == "" and isinstance(value, str):
        return "blank"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | tuple):
        return "list"
    if isinstance(value, dict):
        return "object"
    if kind == "date" and _fits(value, "date and time"):
        return "date" if _fits(value, "date") else "date and time"
    return "text"


def _fits(value: Any, form: Form) -> bool:
    """Tell whether a value has a form already."""
    if form == "date":
        return isinstance(value, str) and _is_date(value)
    if form == "date and time":
        return isinstance(value, str) and _is_moment(value)
    if form == "text":
        return isinstance(value, str)
    return value is not None and _form_of(value, "text") == form


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.match(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _empty(form: Form) -> Any:
    """Give the value that a form starts with."""
    start = {"number": 0, "boolean": False, "list": [], "object": {}}
    return start.get(form, "")


def _read_number(typed: str) -> int | float:
    typed = typed.strip()
    try:
        return int(typed)
    except ValueError:
        number = float(typed)
    if not math.isfinite(number):
        raise ValueError("JSON has no such number")
    return number


def _read_boolean(typed: str) -> bool:
    if typed.strip().lower() not in ("true", "false"):
        raise ValueError("not a boolean")
    return typed.strip().lower() == "true"


def _read_date(typed: str) -> str:
    if not _is_date(typed.strip()):
        raise ValueError("not a date")
    return typed.strip()


def _read_moment(typed: str) -> str:
    if not _is_moment(typed.strip()):
        raise ValueError("not a date and time")
    return typed.strip()


def _read_list(typed: str) -> list[Any]:
    typed = typed.strip()
    if not typed.startswith("["):
        return [item.strip() for item in typed.split(",") if item.strip()]
    value = json.loads(typed)
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004 - one error for "cannot be read"
    return value


def _read_object(typed: str) -> dict[str, Any]:
    value = json.loads(typed)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for "cannot be read"
    return value


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "text": str,
    "number": _read_number,
    "boolean": _read_boolean,
    "date": _read_date,
    "date and time": _read_moment,
    "list": _read_list,
    "object": _read_object,
}
_SAY_INSTEAD: Final[dict[str, str]] = {
    "number": "This is not a number. Write one such as 3 or 12.5.",
    "boolean": "This is neither true nor false. Write one of the two.",
    "date": "This is not a date. Write it as 2026-11-23.",
    "date and time": "This is not a date and time. Write it as 2026-11-23T09:30:00Z.",
    "list": 'This is not a list. Write items with commas, or JSON such as ["red", "blue"].',
    "object": 'This is not an object. Write JSON such as {"colour": "red"}.',
}
