"""Follows each piece of a parsed tree, so that a `Trace` learns which were put and in what order.

Pieces are changed in place: the tree must be the explanation's own. A tree that is rendered
without an explanation is never touched, so that a render pays nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.liquid.explain import telling
from b2bkit.liquid.explain.watching import Watchers
from b2bkit.liquid.pieces import Text
from b2bkit.liquid.tags.catalogs import CatalogPiece
from b2bkit.liquid.tags.conditions import CasePiece, ConditionPiece, IfChangedPiece
from b2bkit.liquid.tags.connected_content import ConnectedContentPiece
from b2bkit.liquid.tags.liquid_tag import LiquidPiece
from b2bkit.liquid.tags.loops import CyclePiece, ForPiece, TableRowPiece
from b2bkit.liquid.tags.message_extras import ExtrasPiece
from b2bkit.liquid.tags.output import OutputPiece
from b2bkit.liquid.tags.variables import AssignPiece, CapturePiece

if TYPE_CHECKING:
    from b2bkit.liquid.explain.trace import Trace
    from b2bkit.liquid.markups import Markup
    from b2bkit.liquid.pieces import Block, Piece


def follow(block: Block, trace: Trace) -> Block:
    """Follow all pieces of a tree, and watch their values."""
    return _Follower(trace).block(block)


class _Follower:
    """Replace what a tree consists of by what tells of it."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.watch = Watchers(trace, self.block)

    def block(self, block: Block) -> Block:
        """Follow the pieces of a block; it stays the block it is."""
        block.pieces = tuple(map(self.piece, block.pieces))
        return block

    def inner(self, block: Block, markup: Markup | None = None) -> Block:
        """Follow a block that belongs to a tag."""
        return telling.Inside(self.block(block), self.trace, markup)

    def piece(self, piece: Piece) -> Piece:
        """Follow a piece: a step of its own, or steps for what it holds."""
        match piece:
            case Text():
                return telling.Plain(piece, self.trace)
            case ConditionPiece():
                return self.condition(piece)
            case CasePiece():
                return self.case(piece)
            case ForPiece() | TableRowPiece():
                return self.loop(piece)
            case CapturePiece() | IfChangedPiece():
                piece.block = self.inner(piece.block)
                kind = telling.Capture if isinstance(piece, CapturePiece) else telling.Told
                return kind(piece, self.trace)
            case LiquidPiece():
                self.block(piece.block)
                return piece
        self.values(piece)
        return telling.Leaf(piece, self.trace)

    def values(self, piece: Piece) -> None:
        """Watch the values of a piece that holds no others."""
        match piece:
            case OutputPiece() | AssignPiece():
                piece.value = self.watch.value(piece.value)
            case CyclePiece():
                piece.values = tuple(map(self.watch.value, piece.values))
                piece.group = self.watch.maybe(piece.group)
            case ConnectedContentPiece() | CatalogPiece() | ExtrasPiece():
                self.watch.text(piece.said)

    def condition(self, piece: ConditionPiece) -> Piece:
        """Tell of each condition that is asked, and of the block that is put."""
        sheet = self.trace.sheet(piece.token)
        parts = sheet.parts(piece.token)
        tags = _padded([sheet.markup(piece.token), *parts], len(piece.branches))
        piece.branches = tuple(
            (
                telling.Condition(
                    self.watch.value(condition), self.trace, tag, piece.negated and not place
                ),
                self.inner(block),
            )
            for place, ((condition, block), tag) in enumerate(
                zip(piece.branches, tags, strict=True)
            )
        )
        if piece.default is not None:
            piece.default = self.inner(piece.default, parts[-1] if parts else None)
        return piece

    def case(self, piece: CasePiece) -> Piece:
        """Tell of the choices compared, and of the blocks that are put."""
        parts = self.trace.sheet(piece.token).parts(piece.token)
        piece.value = subject = self.watch.value(piece.value)
        piece.blocks = tuple(
            (
                choices
                and tuple(
                    telling.Choice(self.watch.value(it), self.trace, subject) for it in choices
                ),
                self.inner(block, part),
            )
            for (choices, block), part in zip(
                piece.blocks, _padded(parts, len(piece.blocks)), strict=True
            )
        )
        return telling.Case(piece, self.trace)

    def loop(self, piece: ForPiece | TableRowPiece) -> Piece:
        """Tell of each round."""
        rounds = piece.rounds
        rounds.collection = self.watch.value(rounds.collection)
        rounds.limit = self.watch.maybe(rounds.limit)
        rounds.offset = self.watch.maybe(rounds.offset)
        piece.block = telling.Round(self.block(piece.block), self.trace)
        if isinstance(piece, TableRowPiece):
            piece.columns = self.watch.maybe(piece.columns)
        elif piece.default is not None:
            parts = self.trace.sheet(piece.token).parts(piece.token)
            piece.default = self.inner(piece.default, parts[-1] if parts else None)
        return telling.Looping(piece, self.trace)


def _padded(tags: list[Any], length: int) -> list[Markup | None]:
    """Give as many tags as there are branches; what stands nowhere has none."""
    return (tags + [None] * length)[:length]
