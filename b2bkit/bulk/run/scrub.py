"""Take cell values out of a server's text, so that it can be kept as a reason.

A server may quote what it refuses. Reasons go into the ledger and the terminal, cell values must
not: what stands in the request that was sent is made unreadable in what is said about it.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import orjson

from b2bkit.braze import answers
from b2bkit.braze.endpoints import endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "•••"
LONGEST = 300
"""Characters of a text that are kept."""
_SHORT = 3
"""A value shorter than this is only looked for as a word of its own."""
_WORD = re.compile(r"\w+")
_KNOWN = frozenset(it.text for it in vars(answers).values() if isinstance(it, answers.Answer))
"""Texts of Braze's that hold no value."""


class Scrub:
    """Make the values of one request unreadable in texts about it.

    Args:
        method: Method of the request.
        url: Its address, whose path and query may hold values, too.
        body: Its body.
    """

    def __init__(self, method: str, url: str, body: bytes) -> None:
        values = {" ".join(it.split()) for it in (*_in_body(body), *_in_address(method, url))}
        self._values = sorted(filter(None, values), key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """Give the text without the values, at most `LONGEST` characters of it."""
        text = " ".join(text.split())
        if text in _KNOWN:
            return text
        for value in self._values:
            for spelling in _spellings(value):
                if spelling in text.lower():
                    text = _hide(spelling, text)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _hide(value: str, text: str) -> str:
    pattern = re.escape(value)
    if len(value) < _SHORT:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.sub(pattern, HIDDEN, text, flags=re.IGNORECASE)


def _in_address(method: str, url: str) -> Iterator[str]:
    """Give the parts of an address that vary, and all of one that is not an endpoint's."""
    parts = urlsplit(url)
    known = endpoint(method, parts.path)
    varying: Iterable[str] = known.parts(parts.path).values() if known else (parts.path,)
    for text in (*varying, parts.query):
        yield from _WORD.findall(unquote(text))


def _in_body(body: bytes) -> Iterator[str]:
    try:
        parsed = orjson.loads(body)
    except ValueError:
        yield from _WORD.findall(body.decode(errors="replace"))
        return
    yield from _leaves(parsed)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _spellings(value: str) -> tuple[str, ...]:
    """Give a value as JSON, HTML and addresses would spell it, in lower case."""
    if value.isascii() and value.replace(" ", "").isalnum():
        return (value.lower(),)
    in_json = (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
    return tuple({it.lower() for it in (value, escape(value), quote(value), *in_json)})
