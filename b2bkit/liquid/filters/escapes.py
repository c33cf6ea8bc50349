"""The filters that make text safe for HTML and URLs, and that take HTML or escapes away.

`json_escape` lives in `json_text`.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import quote, quote_plus, unquote_plus

from b2bkit.liquid.faults import Fault
from b2bkit.liquid.filters.inputs import Filter, bytes_of, text_of

_UNESCAPED = re.compile(r"""["<>']|&(?!(?:[a-zA-Z]+|#[0-9]+);)""")
_ALLOWED_IN_URL = "!~*'();/?:@&=+$,[]"
_BLOCKS = {"<script": "</script>", "<!--": "-->", "<style": "</style>"}


def escape(value: Any) -> str | None:
    """Escape `& < > " '` for HTML, the apostrophe as `&#39;`."""
    return None if value is None else _escaped(text_of(value))


def escape_once(value: Any) -> str:
    """Escape for HTML, but leave what is escaped already."""
    return _UNESCAPED.sub(lambda match: _escaped(match.group()), text_of(value))


def _escaped(text: str) -> str:
    return html.escape(text, quote=True).replace("&#x27;", "&#39;")


def strip_html(value: Any) -> str:
    """Take away tags, comments, and scripts and styles with what is in them."""
    return _without_tags(_without_blocks(text_of(value)))


def _without_blocks(text: str) -> str:
    """Go through once; a regular expression would take squared time over unclosed blocks."""
    kept: list[str] = []
    end = 0
    unclosed: set[str] = set()
    for match in re.finditer("<script|<!--|<style", text):
        opening = match.group()
        if match.start() < end or opening in unclosed:
            continue
        closing = _BLOCKS[opening]
        at = text.find(closing, match.end())
        if at < 0:
            unclosed.add(opening)
            continue
        kept.append(text[end : match.start()])
        end = at + len(closing)
    return "".join([*kept, text[end:]])


def _without_tags(text: str) -> str:
    last = text.rfind(">")
    return re.sub("<[^>]*>", "", text[: last + 1]) + text[last + 1 :]


def url_encode(value: Any) -> str | None:
    """Escape as in a form: a blank becomes `+`."""
    return None if value is None else quote_plus(bytes_of(value))


def url_escape(value: Any) -> str:
    """Escape what no URL may hold; `&`, `=`, `/` and their like stay (Braze, Advanced filters)."""
    return quote(bytes_of(value), safe=_ALLOWED_IN_URL)


def url_param_escape(value: Any) -> str:
    """Escape for a parameter of a URL: `&`, `=` and `@` too, a blank becomes `%20`."""
    return quote(bytes_of(value), safe="")


def url_decode(value: Any) -> str | None:
    """Undo `url_encode`.

    Raises:
        Fault: The bytes are no UTF-8.
    """
    if value is None:
        return None
    try:
        return unquote_plus(text_of(value), encoding="utf-8", errors="strict")
    except UnicodeDecodeError as error:
        raise Fault("invalid byte sequence in UTF-8", "Check where the text comes from.") from error


FILTERS: dict[str, Filter] = {
    "escape": escape,
    "escape_once": escape_once,
    "h": escape,
    "strip_html": strip_html,
    "url_decode": url_decode,
    "url_encode": url_encode,
    "url_escape": url_escape,
    "url_param_escape": url_param_escape,
}
