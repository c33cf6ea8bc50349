"""`liquid`: a tag whose every line is a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid import BlockNode, Tag
from liquid.parser import get_parser
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.liquid.pieces import Block, Piece
from b2bkit.liquid.tokens import line_tokens

if TYPE_CHECKING:
    from liquid import TokenStream

    from b2bkit.liquid.pieces import Interrupt
    from b2bkit.liquid.rendering import Out, Rendering


class LiquidPiece(Piece):
    """Puts the tags of its lines."""

    __slots__ = ("block",)

    def __init__(self, node: BlockNode) -> None:
        super().__init__(node.token)
        self.blank = node.blank
        self.block = Block(node.nodes)

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put them in order."""
        return self.block.put(context, out)


class BrazeLiquid(Tag):
    """`{% liquid %}`."""

    name = "liquid"
    block = False

    def parse(self, stream: TokenStream) -> Piece:
        """Parse the lines."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind != TOKEN_EXPRESSION:
            return LiquidPiece(BlockNode(token, []))
        next(stream)
        lines = line_tokens(stream.current, depth=stream.block_depth)
        node = get_parser(self.env).parse_block(lines, end=())
        return LiquidPiece(BlockNode(token, node.nodes))
