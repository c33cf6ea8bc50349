"""python-liquid's environment with Braze's tags and filters: from text to the tree to render."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from liquid import Environment
from liquid.parser import get_parser

from b2bkit.liquid import filters, tags
from b2bkit.liquid.blocks import expand
from b2bkit.liquid.lexing import template_tokens
from b2bkit.liquid.pieces import Block
from b2bkit.liquid.rendering import Out
from b2bkit.liquid.run import Limits
from b2bkit.liquid.syntax import rewrite
from b2bkit.liquid.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.syntax import Reference, Rewritten


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold a parsed text.

    Args:
        block: Its pieces.
        text: What was parsed, with the offsets of its fields.
        missing: Names of content blocks it asks for that were not given.
    """

    block: Block
    text: Rewritten
    missing: tuple[str, ...]


class BrazeEnvironment(Environment):
    """Parses strictly; an unknown filter is found when it is used, an unknown tag is an error."""

    block_nesting_limit = Limits().nesting

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002
        """Add Braze's tags and filters, and none of python-liquid's that Braze has not."""
        filters.register(self)
        tags.register(self)

    def tree(
        self, source: str, blocks: Mapping[str, str], *, block: str | None = None, level: int = 0
    ) -> Tree:
        """Parse a text, or a content block by itself.

        Raises:
            LiquidError: It does not parse.
        """
        expanded = expand(source, blocks, block=block, level=level)
        text = rewrite(expanded.text, expanded.origin)
        text.blocks, text.level = blocks, level
        nodes = get_parser(self).parse(Tokens(template_tokens(text)))
        return Tree(Block(nodes), text, expanded.missing)

    def block_value(self, reference: Reference, text: Rewritten) -> Value:
        """Make a content block that is named inside a tag a value: its rendered text."""
        source = text.blocks.get(reference.name)
        if source is None:
            return BlockText(Block(()))
        inside = self.tree(source, text.blocks, block=reference.name, level=text.level + 1)
        text.inner[reference.name] = inside.text
        return BlockText(inside.block)


class BlockText:
    """A content block as a value."""

    __slots__ = ("block",)

    def __init__(self, block: Block) -> None:
        self.block = block

    def evaluate(self, context: Rendering) -> Any:
        """Give its rendered text."""
        out = Out()
        self.block.put(context, out)
        return out.text(context.run)


@cache
def environment() -> BrazeEnvironment:
    """Give the one environment; it holds no state of any render."""
    return BrazeEnvironment()
