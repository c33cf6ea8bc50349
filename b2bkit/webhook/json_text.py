"""Say in plain words, and where, why a text is not JSON. Rendered bodies end here.

Strict as Braze's parser: no `NaN`, no comments, no trailing commas.
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
    """

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


def read_json(text: str) -> tuple[Any, JsonProblem | None]:
    """Read a JSON text: the value and `None`, or `None` and what is wrong."""
    try:
        return json.loads(text, parse_constant=_refuse_constant), None
    except json.JSONDecodeError as error:
        place = _place(text, error.pos)
        return None, _problem(text, place, _in_words(text, error, place))
    except RecursionError:
        return None, JsonProblem(1, 1, "Lists and objects are nested too deeply.")
    except ValueError as error:  # a number with thousands of digits, or NaN
        return None, JsonProblem(1, 1, f"A number cannot be read: {error}.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}")


def _place(text: str, position: int) -> int:
    """Move from where Python's parser stopped to where the mistake stands."""
    before = text[:position].rstrip()
    if before.endswith(",") and text[position:].lstrip()[:1] in {"}", "]", ""}:
        return len(before) - 1
    return position


def _problem(text: str, position: int, message: str) -> JsonProblem:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return JsonProblem(line, column, message)


def _in_words(text: str, error: json.JSONDecodeError, place: int) -> str:
    here = text[place:]
    if not text.strip():
        return "The text is blank."
    if here.startswith(",") and place < error.pos:
        return "Nothing follows this comma: JSON allows none before a closing bracket."
    if not here.strip():
        return "The text ends too early: a closing bracket is missing."
    if here.startswith(("//", "/*", "#")):
        return "JSON has no comments."
    if here[0] in "“”„‟‘’'":
        return f"JSON wants straight double quotes, not {here[0]}."
    return _by_parser(error.msg, here)


def _by_parser(message: str, here: str) -> str:
    if message.startswith("Expecting value"):
        return _no_value(here)
    for beginning, words in _WORDS.items():
        if message.startswith(beginning):
            return words
    return f"{message}."


def _no_value(here: str) -> str:
    if here[0] in ",}]":
        return "A value is missing here: a field that is blank leaves nothing."
    word = here.split(maxsplit=1)[0].rstrip(",}]")
    if word in {"True", "False", "None", "nil"}:
        return f"JSON writes true, false and null in small letters; this is {word}."
    return "A text must stand in double quotes, and this one does not."


_WORDS = {
    "Expecting ',' delimiter": (
        "A comma or a closing bracket is missing here, or a quote inside a text ended it early."
    ),
    "Expecting property name": "A name in double quotes is missing here.",
    "Expecting ':' delimiter": "A colon is missing here, between a name and its value.",
    "Unterminated string": "A text begins here with a quote and never ends.",
    "Invalid control character": "A line break or a tab stands inside a text.",
    "Invalid \\": "A backslash inside a text must be doubled.",
    "Extra data": "The JSON is complete before this place; what follows does not belong to it.",
    "Unexpected UTF-8 BOM": "An invisible byte order mark stands before the text.",
}
