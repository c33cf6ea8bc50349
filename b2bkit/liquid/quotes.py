"""Quoted strings, which the scanner leaves alone."""

from __future__ import annotations

import re

_BRACES = re.compile(r"\{\{|\}\}")


def after_string(text: str, quote: str, at: int, stop: int, *, braces: bool) -> int:
    """Give the offset behind a quoted string.

    Args:
        text: The whole text.
        quote: The quote that opened it.
        at: Offset behind that quote.
        stop: Where the output or tag seems to end. A quote that is not closed before is no string:
            that is the parser's affair.
        braces: The string may hold whole `{{ }}`, which then end nothing.
    """
    end = text.find(quote, at)
    if 0 <= end < stop or (braces and _holds_whole_braces(text, at, end)):
        return end + 1
    return at


def _holds_whole_braces(text: str, start: int, end: int) -> bool:
    """Tell whether there are braces between two offsets, and each is closed there."""
    depth, found = 0, False
    for brace in _BRACES.finditer(text, start, max(start, end)):
        depth += 1 if brace[0] == "{{" else -1
        found = True
        if depth < 0:
            return False
    return found and depth == 0
