"""Say in plain words, and where, why a text is not JSON. Rendered bodies end here.

Strict as JSON is: no `NaN`, no comments, no trailing commas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True, slots=True)
class JsonProblem:
    """Point at the first place where a text stops being JSON.

    Args:
        line: Line, counted from 1.
        column: Column in that line, counted from 1.
        message: What is wrong there, as a sentence.
        remedy: What to do about it in a template, as a sentence.
        trap: The trap it is, such as `T3`; blank if none.
    """

    line: int
    column: int
    message: str
    remedy: str = "Correct the JSON around this place."
    trap: str = ""

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


def read_json(text: str) -> tuple[Any, JsonProblem | None]:
    """Read a JSON text: the value and `None`, or `None` and what is wrong."""
    if not text.strip():
        return None, JsonProblem(1, 1, "The text is blank.", _BLANK)
    try:
        return json.loads(text, parse_constant=_refuse_constant), None
    except json.JSONDecodeError as error:
        return None, _problem(text, error)
    except RecursionError:
        return None, JsonProblem(1, 1, "Lists and objects are nested too deeply.")
    except ValueError as error:  # NaN, or a number with thousands of digits
        return None, JsonProblem(1, 1, f"A number cannot be read: {error}.")


_ESCAPE = "Put the filter json_escape after every text that comes from a user or an event."
_COMMA = "Write the comma before each item but the first (in a loop: unless forloop.first)."
_BLANK = "Abort when the field is blank, or give it a value with the filter default."
_IN_WORDS = {
    "Expecting ',' delimiter": (
        "A comma or a closing bracket is missing here, or a quote inside a text ended it early.",
        _ESCAPE, "T3",
    ),
    "Unterminated string": ("A text begins here with a quote and never ends.", _ESCAPE, "T3"),
    "Invalid control character": ("A line break or a tab stands inside a text.", _ESCAPE, "T3"),
    "Invalid \\": ("A backslash inside a text must be doubled.", _ESCAPE, "T3"),
    "Expecting property name": ("A name in double quotes is missing here.",),
    "Expecting ':' delimiter": ("A colon is missing here, between a name and its value.",),
    "Extra data": (
        "The JSON is complete before this place; what follows does not belong to it.",
    ),
    "Unexpected UTF-8 BOM": ("An invisible byte order mark stands before the text.",),
}  # fmt: skip


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}")


def _problem(text: str, error: json.JSONDecodeError) -> JsonProblem:
    position = error.pos
    before, after = text[:position].rstrip(), text[position:].lstrip()
    if before.endswith(",") and after[:1] in {"}", "]"}:
        position = len(before) - 1
        words: tuple[str, ...] = (
            "Nothing follows this comma: JSON allows none before a closing bracket.", _COMMA, "T4",
        )  # fmt: skip
    else:
        words = _words(error.msg, after)
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return JsonProblem(line, column, *words)


def _words(message: str, here: str) -> tuple[str, ...]:
    if not here:
        return ("The text ends too early: a closing bracket is missing.",)
    if here.startswith(("//", "/*", "#")):
        return ("JSON has no comments.", "Use {% comment %}, which leaves nothing behind.", "T4")
    if here[0] in "“”„‟‘’'":
        return (f"JSON wants straight double quotes here, not {here[0]}.",)
    if message.startswith("Expecting value"):
        return _no_value(here)
    found = next((_IN_WORDS[it] for it in _IN_WORDS if message.startswith(it)), None)
    return found or (f"{message}.",)


def _no_value(here: str) -> tuple[str, ...]:
    if here[0] in ",}]":
        return ("A value is missing here: a field that is blank leaves nothing.", _BLANK, "T5")
    word = here.split(maxsplit=1)[0].rstrip(",}]")
    if word in {"True", "False", "None", "nil"}:
        return (f"JSON writes true, false and null in small letters; this is {word}.",)
    return (
        "A text must stand in double quotes, and this one does not.",
        "Use the filter as_json_string, which gives each value the quotes it needs.",
    )
