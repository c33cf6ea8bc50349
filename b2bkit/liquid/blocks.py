"""Content blocks put into a text before it is parsed, as Braze does.

An include is textual: a block may open an `if` that the text around it closes, and variables go
both ways. One block may hold others; what those hold in turn is left out.

Source: Braze, Content Blocks (2026). That an unknown block leaves nothing is our cautious reading.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from b2bkit.liquid.limits import LimitReached
from b2bkit.liquid.places import Origin, Stretch, place_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bkit.liquid.places import Place

DEEPEST = 2
"""A block in the message, and a block in that block; a third level is removed."""

MOST_INCLUDES = 10_000
"""Includes that are looked at, also those that leave nothing."""

_OPENING = re.compile(
    r"\{%-?\s*(?P<tag>\w*)"
    r"|\{\{(?P<left>-?)\s*content_blocks\.\$\{(?P<name>[^{}]*)\}\s*(?P<right>-?)\}\}"
)
_TAG_END = re.compile(r"%\}")
_BLOCK_END = {
    "raw": re.compile(r"\{%-?\s*endraw\s*-?%\}"),
    "comment": re.compile(r"\{%-?\s*endcomment\s*-?%\}"),
}
_MENTION = re.compile(r"content_blocks\.\$\{([^{}]*)\}")
_TRIM_LEFT = "{%- # %}"
_TRIM_RIGHT = "{% # -%}"


@dataclass(frozen=True, slots=True)
class Expanded:
    """Hold a text with its content blocks put in.

    Args:
        text: The whole text.
        origin: Leads an offset of it back to the author's text.
        missing: Content blocks that it asks for and that were not given, and where.
    """

    text: str
    origin: Origin
    missing: dict[str, Place]


def used_blocks(source: str, blocks: Mapping[str, str]) -> dict[str, str | None]:
    """List the content blocks that a text names, and those that these name, with their texts.

    A block that was not given has none.
    """
    used: dict[str, str | None] = {}
    texts = [source]
    for _ in range(DEEPEST):
        names = [name.strip() for text in texts for name in _MENTION.findall(text)]
        found = {name: blocks.get(name) for name in names if name not in used}
        texts = [text for text in found.values() if text]
        used |= found
    return used


def expand(
    source: str,
    blocks: Mapping[str, str],
    *,
    block: str | None = None,
    level: int = 0,
    most: int = sys.maxsize,
) -> Expanded:
    """Put the content blocks that a text includes into it, one inside another at most once.

    Args:
        source: The text.
        blocks: Text of each content block, by name.
        block: The content block that the text itself is, if it is one.
        level: How many content blocks it stands in.
        most: Characters that the whole may have.

    Raises:
        LimitReached: The whole is longer.
    """
    expansion = _Expansion(blocks, most)
    expansion.add(source, block, level)
    return Expanded("".join(expansion.parts), Origin(expansion.stretches), expansion.missing)


class _Expansion:
    """A text put together from the template and its content blocks, so far."""

    def __init__(self, blocks: Mapping[str, str], most: int) -> None:
        self.blocks = blocks
        self.most = most
        self.length = self.includes = 0
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.missing: dict[str, Place] = {}

    def add(self, source: str, block: str | None, level: int) -> None:
        """Add a text, and in place of each include its content block."""
        done = 0
        for found in _includes(source):
            here = Stretch(0, source, found.start(), block, fixed=True)
            self._put(source[done : found.start()], Stretch(0, source, done, block))
            self._put(_TRIM_LEFT if found["left"] else "", here)
            self._include(found["name"].strip(), here, level)
            self._put(_TRIM_RIGHT if found["right"] else "", here)
            done = found.end()
        self._put(source[done:], Stretch(0, source, done, block))

    def _include(self, name: str, here: Stretch, level: int) -> None:
        self.includes += 1
        if self.includes > MOST_INCLUDES:
            raise LimitReached("content_blocks", MOST_INCLUDES)
        if level == DEEPEST:
            return
        if name in self.blocks:
            self.add(self.blocks[name], name, level + 1)
        else:
            place = place_in(here.text, here.offset, here.block)
            self.missing.setdefault(name, place)

    def _put(self, part: str, written: Stretch) -> None:
        self.stretches.append(replace(written, at=self.length))
        self.parts.append(part)
        self.length += len(part)
        if self.length > self.most:
            raise LimitReached("source_chars", self.most)


def _includes(source: str) -> Iterator[re.Match[str]]:
    """Yield each include that stands as an output of its own: not in a tag, raw or comment."""
    at = 0
    while found := _OPENING.search(source, at):
        at = found.end()
        if found["name"] is not None:
            yield found
            continue
        end = _BLOCK_END.get(found["tag"], _TAG_END).search(source, at)
        if end is None:
            return
        at = end.end()
