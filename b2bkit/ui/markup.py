"""HTML in which everything that came from outside is escaped. No widgets here.

`element` escapes whatever is not `Markup` already, so that a text cannot become a tag by being
forgotten. The sentences, excerpts and tables that the front ends share are built on it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from b2bkit.display import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Tone = Literal["note", "good", "warning", "error"]
_WORD: Final[dict[Tone, str]] = {
    "note": "",
    "good": "",
    "warning": "Warning: ",
    "error": "Error: ",
}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, *children: object, **attributes: str) -> Markup:
    """Make an element; a child that is not `Markup` is escaped, `class_` is written `class`."""
    inner = join(children)
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value
    )
    return Markup(f"<{name}{written}>{inner}</{name}>")


def join(children: Iterable[object], between: str = "") -> Markup:
    """Put pieces one after the other, escaping those that are not `Markup`."""
    pieces = (one if isinstance(one, Markup) else escaped(str(one)) for one in children)
    return Markup(escaped(between).join(pieces))


def sentence(text: object, tone: Tone = "note", *, role: str = "") -> Markup:
    """Say one thing; a warning and an error say in words what they are, not by colour alone.

    `role` is for a screen reader: `alert` interrupts, `status` is read when there is time.
    """
    if not text:
        return Markup()
    if not isinstance(text, Markup):
        text = with_code(str(text))
    word = element("b", _WORD[tone]) if _WORD[tone] else Markup()
    return element("p", word, text, class_=f"b2b-say b2b-{tone}", role=role)


def block(text: str) -> Markup:
    """Show a text as it is, such as a trace."""
    return element("pre", text, class_="b2b-block")


def excerpt(text: str, width: int = 60) -> Markup:
    """Show a line with a caret under it, cut so that neither wraps and the caret is to be seen."""
    line, _, caret = text.partition("\n")
    first = max(0, min(len(caret) - 1 - width // 2, len(line) - width))
    shown = (part[first : first + width] for part in (line, caret))
    return element("pre", "\n".join(shown), class_="b2b-block", aria_label="the place of the error")


def folded(summary: object, inside: object, *, is_open: bool = False) -> Markup:
    """Fold something away behind its summary."""
    inner = element("summary", summary) + join([inside])
    opened = " open" if is_open else ""
    return Markup(f'<details class="b2b-folded"{opened}>{inner}</details>')


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str) -> Markup:
    """Make a table; `caption` names it for a screen reader."""
    headings = join(element("th", name, scope="col") for name in head)
    lines = join(element("tr", join(element("td", cell) for cell in row)) for row in rows)
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", headings)),
        element("tbody", lines),
        class_="b2b-table",
    )


def with_code(text: str) -> Markup:
    """Set what stands between backticks as code, which is how our messages quote Liquid."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped(text)))
