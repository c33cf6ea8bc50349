"""Reads a text and the content blocks it uses, going on behind what cannot be read.

A sheet is a text with its blocks put in; a block that is a value inside a tag is one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from liquid.exceptions import LiquidSyntaxError

from b2bkit.liquid.blocks import DEEPEST, expand
from b2bkit.liquid.diagnosis.kinds import Kinds, kinds_of
from b2bkit.liquid.diagnosis.words import Word, words_of
from b2bkit.liquid.limits import LimitReached, Limits
from b2bkit.liquid.markups import Markup, markups
from b2bkit.liquid.namespaces import CONTENT_BLOCKS
from b2bkit.liquid.scanner import STATIC_TAGS, TEXT_TAGS, Scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Mapping

    from b2bkit.liquid.places import Origin
    from b2bkit.liquid.syntax import Rewritten

MOST_UNREADABLE = 20
"""Places that cannot be read, after which the rest is left alone."""


MOST_CHARACTERS = Limits().source_chars
"""A longer text is not read: the parser refuses it."""


class Unreadable(NamedTuple):
    """A place the scanner could not read.

    Args:
        sheet: The text it stands in.
        opened: Offset of the output or tag.
        at: Offset of what is wrong in it.
        message: What is wrong.
    """

    sheet: Rewritten
    opened: int
    at: int
    message: str


class _Lenient(Scanner):
    """A scanner that steps over what it cannot read."""

    def __init__(self, text: str, origin: Origin) -> None:
        super().__init__(text, origin)
        self.unreadable: list[tuple[int, int, str]] = []

    def _whole_output(self, start: int) -> int:
        scan = super()._whole_output
        return self._tried(start, lambda: scan(start))

    def _tag(self, found: re.Match[str]) -> int:
        scan = super()._tag
        return self._tried(found.start(), lambda: scan(found))

    def _tried(self, start: int, scan: Callable[[], int]) -> int:
        braces = len(self.braces)
        try:
            return scan()
        except LiquidSyntaxError as error:
            del self.braces[braces:]
            self.depth = 0
            at = start if error.token is None else error.token.start_index
            if all(at != known for _, known, _ in self.unreadable):
                self.unreadable.append((start, at, str(error.args[0])))
            return start + 2 if len(self.unreadable) < MOST_UNREADABLE else len(self.text)


@dataclass(frozen=True)
class Reading:
    """What was read of a text.

    Args:
        sheets: The text itself, then the blocks that are values inside its tags.
        unreadable: Where the scanner had to give up an output or tag.
        complete: All content blocks it asks for were given.
        channel: The channel it is written for.
    """

    sheets: tuple[Rewritten, ...]
    unreadable: tuple[Unreadable, ...]
    complete: bool
    channel: str

    @cached_property
    def markups(self) -> tuple[Markup, ...]:
        """List its outputs and tags, also the outputs in a `connected_content` and its like."""
        return tuple(
            inner for sheet in self.sheets for each in markups(sheet) for inner in _with(each)
        )

    @cached_property
    def kinds(self) -> Kinds:
        """Tell what the text's own variables hold."""
        return kinds_of(self)

    def words(self, markup: Markup) -> tuple[Word, ...]:
        """Read the words of an output or tag; none of one that holds no expression."""
        return self._words.get(markup, ())

    @cached_property
    def _words(self) -> dict[Markup, tuple[Word, ...]]:
        silent = STATIC_TAGS | TEXT_TAGS | {"liquid"}
        return {each: words_of(each) for each in self.markups if each.name not in silent}


def read(source: str, blocks: Mapping[str, str], channel: str) -> Reading:
    """Read a text; what cannot be read is noted and stepped over."""
    sheets: list[Rewritten] = []
    unreadable: list[Unreadable] = []
    missing: list[str] = []
    waiting: dict[str | None, tuple[str, int]] = {None: (source, 0)}
    done: set[str | None] = set()
    while waiting:
        block, (text, level) = waiting.popitem()
        done.add(block)
        try:
            expanded = expand(text, blocks, block=block, level=level, most=MOST_CHARACTERS)
        except LimitReached:
            continue
        scanner = _Lenient(expanded.text, expanded.origin)
        scanner.scan()
        sheets.append(sheet := scanner.result())
        missing += expanded.missing
        unreadable += [Unreadable(sheet, *place) for place in scanner.unreadable]
        for name in _values(sheet):
            if name not in blocks:
                missing.append(name)
            elif name not in done and level < DEEPEST:
                waiting[name] = (blocks[name], level + 1)
    return Reading(tuple(sheets), tuple(unreadable), not missing, channel)


def _values(sheet: Rewritten) -> Iterator[str]:
    """Yield the names of the content blocks that are used as values inside tags."""
    return (each.name for each in sheet.references.values() if each.namespace == CONTENT_BLOCKS)


def _with(markup: Markup) -> Iterator[Markup]:
    """Yield an output or tag, and the outputs in the text of a tag."""
    yield markup
    if markup.name not in TEXT_TAGS:
        return
    inner = _Lenient(markup.said, markup.sheet.origin)
    inner.scan()
    for part in inner.parts:
        if part.kind == "output":
            start, inside, after = (
                markup.inside + it for it in (part.start, part.inside, part.after)
            )
            yield Markup(markup.sheet, "", start, start, inside, after, after + part.right + 2)
