"""What the scanner makes of a text: the rewritten text, its parts, and what it found in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from b2bkit.liquid.namespaces import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.liquid.places import Origin, Place


def _take_your_time() -> None:
    """Set no limit."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A `${name}` in the text.

    Args:
        namespace: The word before it; blank for a standard attribute.
        name: The text between its braces, without blanks around it.
        start: Offset of the namespace, or of the `$` where there is none.
        length: Characters it takes in the text.
    """

    namespace: str
    name: str
    start: int
    length: int

    @property
    def path(self) -> tuple[str | int, ...]:
        """Read a name such as `address.city` as a path; a plain name is a path of one."""
        return name_path(self.name) or (self.name,)

    @property
    def field(self) -> tuple[str, str]:
        """Name the field it reads: a keyword of `Context`, and the name there."""
        return self.namespace or STANDARD, str(self.path[0])

    def __str__(self) -> str:
        return f"{self.namespace}.${{{self.name}}}" if self.namespace else f"${{{self.name}}}"


_PATH = re.compile(r"[^.\[\]]+(?:\.[^.\[\]]+|\[-?\d{1,18}\]|\['[^']*'\]|\[\"[^\"]*\"\])+")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(-?\d+)\]|\['([^']*)'\]|\[\"([^\"]*)\"\]")


def name_path(name: str) -> tuple[str | int, ...]:
    """Read `address.city` or `items[0]` as a path; empty where a name is not one."""
    if not _PATH.fullmatch(name):
        return ()
    return tuple(
        int(step[2]) if step[2] else step[1] or step[3] or step[4] or ""
        for step in _STEP.finditer(name)
    )


@dataclass(frozen=True, slots=True)
class Group:
    """An inner `{{ value | filter }}`, to be evaluated on its own.

    Args:
        text: What stands between its braces, rewritten.
        inside: Offset of that text.
        start: Offset of its opening braces.
        length: Characters it takes in the text.
    """

    text: str
    inside: int
    start: int
    length: int


class Part(NamedTuple):
    """A stretch of the text that is one thing.

    Args:
        kind: `text` (also what `raw` holds), `output` or `tag`.
        start: Offset of its first character, which may be a brace.
        inside: Offset of what it says, behind braces and a tag's name.
        after: Offset behind what it says.
        name: A tag's name.
        named: Offset of that name.
        left: It takes away the blanks before it.
        right: It takes away the blanks behind it.
    """

    kind: Literal["text", "output", "tag", "raw"]
    start: int
    inside: int
    after: int
    name: str = ""
    named: int = 0
    left: bool = False
    right: bool = False


class Rewritten(str):
    """A text that python-liquid can parse; each of its tokens carries it as `source`.

    Args:
        text: The rewritten text.
        written: The text before it was rewritten, of the same length.
        origin: Leads an offset back to the author's text.

    Attributes:
        parts: What it consists of, in order; comments are left out.
        references: The `${}` in it, by offset.
        groups: The inner braces to be evaluated on their own, by offset.
        braces: Offsets of all braces inside tags and outputs.
        bare: Offsets of `${` in plain text, where it means nothing.
        blocks: The content blocks that are used as values inside tags.
        level: How many content blocks the text stands in.
        inner: The content blocks used as values inside its tags, rewritten, by name.
        missing: Content blocks that it asks for and that were not given, and where.
        check_time: Raises when reading it has taken long enough.
    """

    written: str
    parts: list[Part]
    references: dict[int, Reference]
    groups: dict[int, Group]
    braces: tuple[int, ...]
    bare: tuple[int, ...]
    origin: Origin
    blocks: Mapping[str, str]
    level: int
    inner: dict[str, Rewritten]
    missing: dict[str, Place]
    check_time: Callable[[], None]

    def __new__(cls, text: str, written: str, origin: Origin) -> Self:
        """Start with a text in which nothing was found yet."""
        rewritten = super().__new__(cls, text)
        rewritten.written = written
        rewritten.origin = origin
        rewritten.parts, rewritten.references, rewritten.groups = [], {}, {}
        rewritten.braces = rewritten.bare = ()
        rewritten.blocks, rewritten.level = {}, 0
        rewritten.inner, rewritten.missing = {}, {}
        rewritten.check_time = _take_your_time
        return rewritten

    def fields(self) -> frozenset[tuple[str, str]]:
        """List the fields it mentions: keyword of `Context` and name there."""
        own = {reference.field for reference in self.references.values()}
        return frozenset(own.union(*(each.fields() for each in self.inner.values())))
