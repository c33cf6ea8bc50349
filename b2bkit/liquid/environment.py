"""python-liquid's environment with Braze's tags and filters: from text to the tree to render."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from liquid import Environment
from liquid.exceptions import BlockNestingError
from liquid.parser import get_parser

from b2bkit.liquid import filters, tags
from b2bkit.liquid.blocks import expand
from b2bkit.liquid.lexing import template_tokens
from b2bkit.liquid.limits import LimitReached, Limits
from b2bkit.liquid.pieces import Block
from b2bkit.liquid.rendering import Out
from b2bkit.liquid.run import Run
from b2bkit.liquid.scanner import rewrite
from b2bkit.liquid.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.syntax import Reference, Rewritten

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold a parsed text.

    Args:
        block: Its pieces.
        text: What was parsed, with the offsets of its fields.
    """

    block: Block
    text: Rewritten


class BrazeEnvironment(Environment):
    """Parses strictly; an unknown filter is found when it is used, an unknown tag is an error.

    Args:
        limits: How large and how deep a text may be.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.block_nesting_limit = limits.nesting  # type: ignore[misc]  # ours is an instance's

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002
        """Add Braze's tags and filters, and none of python-liquid's that Braze has not."""
        filters.register(self)
        tags.register(self)

    def tree(
        self, source: str, blocks: Mapping[str, str], *, block: str | None = None, level: int = 0
    ) -> Tree:
        """Parse a text, or a content block by itself.

        Args:
            source: The text.
            blocks: Text of each content block, by name.
            block: The content block that the text itself is, if it is one.
            level: How many content blocks it stands in.

        Raises:
            LiquidError: It does not parse, or is too long or too deep.
        """
        most, run = self.limits.source_chars, Run(self.limits)
        expanded = expand(source, blocks, block=block, level=level, most=most)
        text = rewrite(expanded.text, expanded.origin)
        text.blocks, text.level, text.missing = blocks, level, expanded.missing
        text.check_time = run.check_time
        tokens = Tokens(template_tokens(text), len(text), text)
        try:
            nodes = get_parser(self).parse(tokens)
        except (BlockNestingError, RecursionError) as error:
            limit = LimitReached("nesting", self.limits.nesting)
            limit.token = getattr(error, "token", None)
            raise limit from error
        return Tree(Block(nodes), text)

    def block_value(self, reference: Reference, text: Rewritten) -> Value:
        """Make a content block that is named inside a tag a value: its rendered text."""
        source = text.blocks.get(reference.name)
        if source is None:
            text.missing.setdefault(reference.name, text.origin.place(reference.start))
            return BlockText(Block(()))
        inside = self.tree(source, text.blocks, block=reference.name, level=text.level + 1)
        text.inner[reference.name] = inside.text
        text.missing.update(inside.text.missing)
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
def environment(limits: Limits = _LIMITS) -> BrazeEnvironment:
    """Give the one environment for some limits; it holds no state of any render."""
    return BrazeEnvironment(limits)
