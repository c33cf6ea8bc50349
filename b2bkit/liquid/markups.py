"""The outputs and tags of a text as its author wrote them, each with where it stands.

Built from what the scanner found; nothing is parsed here. The lines of a `liquid` tag are tags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.places import Place
    from b2bkit.liquid.syntax import Part, Rewritten

_LINE = re.compile(r"[ \t\r]*(?:(#|\w+)[ \t]*([^\n]*?)[ \t\r]*)?(?:\n|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """One output or tag.

    Args:
        sheet: The text it stands in; content blocks used as values are sheets of their own.
        name: A tag's name; blank for an output.
        at: The offset its token carries: an output's braces, a tag's name.
        start: Offset of its first character.
        inside: Offset of what it says, behind braces and name.
        after: Offset behind what it says.
        end: Offset behind its last character.
    """

    sheet: Rewritten
    name: str
    at: int
    start: int
    inside: int
    after: int
    end: int

    @property
    def text(self) -> str:
        """Give it as the author wrote it."""
        return self.sheet.written[self.start : self.end]

    @property
    def said(self) -> str:
        """Give what stands between its braces, behind the name."""
        return self.sheet.written[self.inside : self.after]

    @property
    def place(self) -> Place:
        """Give where it starts in the author's text."""
        return self.sheet.origin.place(self.start)


def markups(sheet: Rewritten) -> Iterator[Markup]:
    """Yield the outputs and tags of a text, in order; comments and raw text are left out."""
    for part in sheet.parts:
        if part.kind == "tag" and part.name == "liquid":
            yield _markup(sheet, part)
            yield from _lines(sheet, part)
        elif part.kind in ("tag", "output"):
            yield _markup(sheet, part)


def _markup(sheet: Rewritten, part: Part) -> Markup:
    at = part.named if part.kind == "tag" else part.start
    end = part.after + part.right + 2
    return Markup(sheet, part.name, at, part.start, part.inside, part.after, end)


def _lines(sheet: Rewritten, part: Part) -> Iterator[Markup]:
    at, hidden = part.inside, False
    while at < part.after and (line := _LINE.match(sheet.written, at, part.after)):
        name, at = line[1] or "", line.end()
        hidden = name == "comment" or (hidden and name != "endcomment")
        if name and not hidden and name not in ("#", "endcomment"):
            start, inside, after = line.start(1), line.start(2), line.end(2)
            yield Markup(sheet, name, start, start, inside, after, after)
