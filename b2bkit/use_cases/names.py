"""Put chosen names where a use case has its placeholders, as whole words and in one pass."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from b2bkit.use_cases.errors import UseCaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

_REFUSED = {
    "}": "a closing brace",
    "{": "an opening brace",
    '"': "a quote",
    "'": "a quote",
    "\\": "a backslash",
    "\n": "a line break",
    "\r": "a line break",
}


def checked_name(placeholder: str, name: object) -> str:
    """Give a chosen name without blanks around it.

    Raises:
        UseCaseError: If it would break the Liquid or the JSON around it.
    """
    if not isinstance(name, str):
        raise UseCaseError(f"The name for {placeholder} must be a text, not {name!r}.")
    if not name.strip():
        raise UseCaseError(f"The name for {placeholder} is blank.")
    for character in name:
        if found := _REFUSED.get(character) or _unprintable(character):
            raise UseCaseError(
                f"The name for {placeholder} holds {found}, which would break the Liquid or the "
                "JSON around it."
            )
    return name.strip()


def filled(value: Any, names: Mapping[str, str]) -> Any:
    """Replace the placeholders in all texts of a JSON-like value, names of tables included."""
    if isinstance(value, str):
        return _replaced(value, names)
    if isinstance(value, list):
        return [filled(item, names) for item in value]
    if isinstance(value, dict):
        return {_replaced(key, names): filled(item, names) for key, item in value.items()}
    return value


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Replace the placeholders in the names of tables only; values stay as they are."""
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {_replaced(key, names): renamed(item, names) for key, item in value.items()}
    return value


def _replaced(text: str, names: Mapping[str, str]) -> str:
    if not names:
        return text
    words = "|".join(map(re.escape, names))
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda found: names[found[0]], text)


def _unprintable(character: str) -> str:
    # Cc: control, Zl and Zp: other line breaks, Cs: half a character
    return "a control character" if unicodedata.category(character) in _CONTROL else ""


_CONTROL = {"Cc", "Zl", "Zp", "Cs"}
