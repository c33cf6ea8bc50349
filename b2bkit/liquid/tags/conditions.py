"""`if`, `unless`, `case` and `ifchanged`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from liquid import BlockNode
from liquid.builtin.tags.case_tag import ENDWHENBLOCK, CaseTag
from liquid.builtin.tags.if_tag import IfTag
from liquid.builtin.tags.ifchanged_tag import IfChangedTag
from liquid.builtin.tags.unless_tag import UnlessTag
from liquid.exceptions import LiquidError
from liquid.parser import get_parser
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.liquid.compare import equal, truthy
from b2bkit.liquid.compiling import compiled
from b2bkit.liquid.pieces import Block, Piece, block_of
from b2bkit.liquid.rendering import Out
from b2bkit.liquid.tags.closing import Closed

if TYPE_CHECKING:
    from liquid import Token, TokenStream
    from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
    from liquid.builtin.tags.if_tag import IfNode
    from liquid.builtin.tags.ifchanged_tag import IfChangedNode
    from liquid.builtin.tags.unless_tag import UnlessNode

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.pieces import Interrupt
    from b2bkit.liquid.rendering import Rendering

Branch = tuple["Value", Block]


class ConditionPiece(Piece):
    """Puts the block of the first condition that holds.

    Args:
        node: What was parsed.
        negated: The first condition must not hold: it is an `unless`.
        env: Where filters are looked up.
    """

    __slots__ = ("branches", "default", "negated")

    def __init__(self, node: IfNode | UnlessNode, *, negated: bool, env: BrazeEnvironment) -> None:
        super().__init__(node.token)
        self.blank = node.blank
        self.negated = negated
        first = (node.condition, node.consequence)
        others = ((each.expression, each.block) for each in node.alternatives)
        self.branches: tuple[Branch, ...] = tuple(
            (compiled(condition, env), Block(block.nodes, blank=node.blank))
            for condition, block in (first, *others)
        )
        self.default = block_of(node.default, blank=node.blank)

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put one of the blocks, or none."""
        try:
            block = self.chosen(context)
        except LiquidError as error:
            context.failed(error, self.token, out, silent=self.blank)
            return None
        return None if block is None else block.put(context, out)

    def chosen(self, context: Rendering) -> Block | None:
        """Find the block whose condition holds."""
        negated = self.negated
        for condition, block in self.branches:
            if truthy(condition.evaluate(context)) is not negated:
                return block
            negated = False
        return self.default


class CasePiece(Piece):
    """Puts the block of each `when` that has the value among its own, else the `else`."""

    __slots__ = ("blocks", "value")

    def __init__(self, node: CaseNode, env: BrazeEnvironment) -> None:
        super().__init__(node.token)
        self.blank = node.blank
        self.value = compiled(node.expression, env)
        self.blocks = tuple(_when(each, blank=node.blank, env=env) for each in node.blocks)

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the blocks that fit; a value listed twice puts its block twice, as in Ruby."""
        try:
            chosen = self.chosen(context)
        except LiquidError as error:
            context.failed(error, self.token, out, silent=self.blank)
            return None
        for block in chosen:
            interrupt = block.put(context, out)
            if interrupt is not None:
                return interrupt
        return None

    def chosen(self, context: Rendering) -> list[Block]:
        """List the blocks that fit the value, in order."""
        value = self.value.evaluate(context)
        chosen: list[Block] = []
        for choices, block in self.blocks:
            if choices is None:
                chosen.extend([] if chosen else [block])
            else:
                fits = [choice for choice in choices if equal(value, choice.evaluate(context))]
                chosen.extend([block] * len(fits))
        return chosen


def _when(
    node: MultiExpressionBlockNode | BlockNode, *, blank: bool, env: BrazeEnvironment
) -> tuple[tuple[Value, ...] | None, Block]:
    if isinstance(node, BlockNode):
        return None, Block(node.nodes, blank=blank)
    choices = tuple(compiled(each, env) for each in node.expression.expressions)
    return choices, Block(node.block.nodes, blank=blank)


class IfChangedPiece(Piece):
    """Puts its block if its text is not what it was the last time."""

    __slots__ = ("block",)

    def __init__(self, token: Token, block: Block) -> None:
        super().__init__(token)
        self.blank = False
        self.block = block

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the block's text if it changed."""
        inside = Out()
        interrupt = self.block.put(context, inside)
        text = inside.text(context.run)
        if context.memory.get(("ifchanged", None), "") != text:
            context.memory["ifchanged", None] = text
            out.append(text)
        return interrupt


class BrazeIf(Closed, IfTag):
    """`{% if %}`, `{% elsif %}`, `{% else %}`."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse an `if`."""
        node = cast("IfNode", super().parse(stream))
        return ConditionPiece(node, negated=False, env=self.env)


class BrazeUnless(Closed, UnlessTag):
    """`{% unless %}`: only its first condition is turned round."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse an `unless`."""
        node = cast("UnlessNode", super().parse(stream))
        return ConditionPiece(node, negated=True, env=self.env)


class BrazeCase(Closed, CaseTag):
    """`{% case %}` with `when` lists, separated by a comma or `or`."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse a `case`; what stands before its first `when` is read and never put."""
        opening, inside = stream.pos, stream.pos + 1 + (stream.peek.kind == TOKEN_EXPRESSION)
        stream.pos = inside
        get_parser(self.env).parse_block(stream, ENDWHENBLOCK)
        if any(token.kind == TOKEN_TAG for token in stream.tokens[inside : stream.pos]):
            del stream.tokens[inside : stream.pos]
        stream.pos = opening
        return CasePiece(cast("CaseNode", super().parse(stream)), self.env)


class BrazeIfChanged(Closed, IfChangedTag):
    """`{% ifchanged %}`: in Liquid, not in Braze's list."""

    def parse(self, stream: TokenStream) -> Piece:
        """Parse an `ifchanged`."""
        node = cast("IfChangedNode", super().parse(stream))
        return IfChangedPiece(node.token, Block(node.block.nodes))
