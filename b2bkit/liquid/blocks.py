"""Content blocks put into a text before it is parsed, as Braze does.

An include is textual: a block may open an `if` that the text around it closes, and variables go
both ways. One block may hold others; what those hold in turn is left out.

Source: Braze, Content Blocks (2026). That an unknown block leaves nothing is our cautious reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.liquid.places import Origin, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST = 2
"""A block in the message, and a block in that block; a third level is removed."""

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
        missing: Names of blocks that were asked for and not given.
    """

    text: str
    origin: Origin
    missing: tuple[str, ...] = ()


def block_names(source: str) -> tuple[str, ...]:
    """List the content blocks that a text names, in order, each once."""
    return tuple(dict.fromkeys(name.strip() for name in _MENTION.findall(source)))


def expand(
    source: str, blocks: Mapping[str, str], *, block: str | None = None, level: int = 0
) -> Expanded:
    """Put the content blocks that a text includes into it, one inside another at most once.

    Args:
        source: The text.
        blocks: Text of each content block, by name.
        block: The content block that the text itself is, if it is one.
        level: How many content blocks it stands in.
    """
    stretches: list[Stretch] = []
    missing: dict[str, None] = {}
    parts: list[str] = []
    at = 0
    for part, stretch in _parts(source, blocks, missing, block, level):
        stretches.append(Stretch(at, stretch.text, stretch.offset, stretch.block, stretch.fixed))
        parts.append(part)
        at += len(part)
    return Expanded("".join(parts), Origin(stretches), tuple(missing))


def _parts(
    source: str,
    blocks: Mapping[str, str],
    missing: dict[str, None],
    block: str | None,
    depth: int,
) -> Iterator[tuple[str, Stretch]]:
    """Yield the pieces of a text in order, each with where it was written (its `at` unset)."""
    done = 0
    for found in _includes(source):
        yield source[done : found.start()], Stretch(0, source, done, block)
        done = found.end()
        here = Stretch(0, source, found.start(), block, fixed=True)
        if found["left"]:
            yield _TRIM_LEFT, here
        yield from _included(found["name"].strip(), blocks, missing, depth)
        if found["right"]:
            yield _TRIM_RIGHT, here
    yield source[done:], Stretch(0, source, done, block)


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


def _included(
    name: str, blocks: Mapping[str, str], missing: dict[str, None], depth: int
) -> Iterator[tuple[str, Stretch]]:
    if depth == DEEPEST:
        return
    if name not in blocks:
        missing[name] = None
        return
    yield from _parts(blocks[name], blocks, missing, name, depth + 1)
