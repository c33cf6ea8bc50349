"""Pieces of HTML for rich display in a notebook, with everything from outside escaped.

Colours are JupyterLab's own variables, so that the light and the dark theme both read well; the
fallbacks are for places without them. What is shown of a thing is decided by the thing.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_SHOWN = 20_000
"""Characters of a text that are shown; a notebook with megabytes in it becomes slow."""

_COLOUR = {
    "Name.Tag": "--jp-mirror-editor-property-color, #2874b8",
    "Literal.String": "--jp-mirror-editor-string-color, #c0392b",
    "Literal.Number": "--jp-mirror-editor-number-color, #27864a",
    "Keyword": "--jp-mirror-editor-keyword-color, #27864a",
    "Error": "--jp-error-color1, #d32f2f",
}
_BOX = "border:1px solid var(--jp-border-color2, #9e9e9e80);border-radius:4px;padding:8px;margin:0"
_MONO = (
    "font-family:var(--jp-code-font-family, monospace);font-size:var(--jp-code-font-size, 13px);"
    "color:var(--jp-content-font-color1, currentColor);background:none"
)
_WRAP = "white-space:pre-wrap;overflow-wrap:anywhere"


def code(text: str, *, is_json: bool = False) -> str:
    """Show a text as it is, long lines wrapped; JSON is coloured."""
    shown, left = text[:MOST_SHOWN], len(text) - MOST_SHOWN
    inner = "".join(_coloured(shown)) if is_json else escaped(shown)
    note = f"\n… {left:,} more characters" if left > 0 else ""
    return f'<pre style="{_BOX};{_MONO};{_WRAP}">{inner}{note}</pre>'


def pretty(value: Any) -> str:
    """Write a JSON value over several lines, as a person reads it."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def folded(summary: str, inside: str) -> str:
    """Fold HTML away behind a summary, which is plain text."""
    return (
        '<details style="margin:4px 0"><summary style="cursor:pointer">'
        f"{escaped(summary)}</summary>{inside}</details>"
    )


def line(*texts: str, strong: bool = False) -> str:
    """Show texts on one line, the first of them strong if wanted."""
    first, *rest = (escaped(text) for text in texts)
    head = f"<b>{first}</b>" if strong else first
    return f'<div style="{_MONO};{_WRAP};margin:4px 0">{" ".join([head, *rest])}</div>'


def named_values(pairs: Mapping[str, str]) -> str:
    """Show names and values as a table without headings, such as headers."""
    return table((), pairs.items())


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Show rows as a table; `None` is shown as nothing."""
    cell = f'style="text-align:left;vertical-align:top;{_WRAP}"'
    titles = "".join(f"<th {cell}>{escaped(name)}</th>" for name in head)
    lines = "".join(
        "<tr>" + "".join(f"<td {cell}>{_text(value)}</td>" for value in row) + "</tr>"
        for row in rows
    )
    header = f"<thead><tr>{titles}</tr></thead>" if head else ""
    return f'<table style="{_MONO}">{header}<tbody>{lines}</tbody></table>'


def _text(value: object) -> str:
    return "" if value is None else escaped(str(value))


def escaped(text: str) -> str:
    """Escape a text; half a character (a lone surrogate) could not be saved, and becomes `?`."""
    return escape(text.encode(errors="replace").decode())


def _coloured(text: str) -> Iterator[str]:
    from pygments.lexers.data import JsonLexer

    for token, piece in JsonLexer(stripnl=False, ensurenl=False).get_tokens(text):
        name = str(token).removeprefix("Token.")
        colour = next((_COLOUR[kind] for kind in _COLOUR if name.startswith(kind)), None)
        shown = escaped(piece)
        yield f'<span style="color:var({colour})">{shown}</span>' if colour else shown
