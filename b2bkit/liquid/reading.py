"""Reads a parsed template as a person would, to learn what it says about each field.

Loop variables, `assign` and `capture` are followed back to the fields they come from. A branch is
as likely as another: what is set in one of them counts with what was set before.
"""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from b2bkit.liquid import expressions
from b2bkit.liquid.compare import contains, differ, equal
from b2bkit.liquid.environment import BlockText
from b2bkit.liquid.pieces import Block, Text
from b2bkit.liquid.pipeline import Pipeline, Step
from b2bkit.liquid.shapes import HINTS, LISTS, LISTS_BY_KEY, SAME, Shape
from b2bkit.liquid.tags import catalogs, conditions, loops, output, variables
from b2bkit.liquid.tags.connected_content import ConnectedContentPiece
from b2bkit.liquid.tags.liquid_tag import LiquidPiece
from b2bkit.liquid.tags.message_extras import ExtrasPiece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.pieces import Piece
    from b2bkit.liquid.shapes import Hint
    from b2bkit.liquid.tags.tag_text import TagText

Shapes = tuple[Shape, ...]
"""What a value may be; empty where it comes from no field."""

MOST_SHAPES = 20
"""Sources of one value that are followed."""


class Reader:
    """Walk a tree; what it learns is in `shapes`.

    Attributes:
        shapes: What is known of each field, by keyword of `Context` and name there.
    """

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, str], Shape] = {}
        self._scopes: list[dict[str, Shapes]] = [{}]

    def named(self, name: str) -> Shapes:
        """Tell what a plain name's value may be here."""
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), ())

    def name(self, name: str, shapes: Shapes) -> None:
        """Take down what a plain name's value may be from here on."""
        self._scopes[-1][name] = shapes

    def block(self, block: Block | None) -> None:
        """Read pieces in order."""
        for piece in block.pieces if block else ():
            self.piece(piece)

    def branches(self, blocks: Iterable[Block | None]) -> None:
        """Read blocks of which any may be the one that is put."""
        changes: dict[str, list[Shape]] = {}
        for block in blocks:
            self._scopes.append({})
            self.block(block)
            for name, shapes in self._scopes.pop().items():
                changes.setdefault(name, list(self.named(name))).extend(shapes)
        for name, possible in changes.items():
            self.name(name, tuple(dict.fromkeys(possible))[:MOST_SHAPES])

    @singledispatchmethod
    def value(self, value: Value) -> Shapes:  # noqa: ARG002 - what is known of no value
        """Read an expression, and tell what its value may be."""
        return ()

    @value.register
    def _(self, value: expressions.FieldValue) -> Shapes:
        root = self.shapes.setdefault(value.reference.field, Shape())
        return self._along((root,), (*value.reference.path[1:], *value.keys))

    @value.register
    def _(self, value: expressions.Variable) -> Shapes:
        return self._along(self.named(value.name), value.keys)

    @value.register
    def _(self, value: expressions.Indirect) -> Shapes:
        self.value(value.name)
        return self._along((), value.keys)

    @value.register
    def _(self, value: expressions.Range) -> Shapes:
        self._hint((*self.value(value.start), *self.value(value.stop)), "number")
        return ()

    @value.register
    def _(self, value: expressions.And | expressions.Or) -> Shapes:
        rest: Value = value
        while isinstance(rest, expressions.And | expressions.Or):
            self.condition(rest.left)
            rest = rest.right
        self.condition(rest)
        return ()

    @value.register
    def _(self, value: expressions.Comparison) -> Shapes:
        left, right = self.value(value.left), self.value(value.right)
        for shapes, other in ((left, value.right), (right, value.left)):
            if not isinstance(other, expressions.Constant):
                continue
            if value.holds in (equal, differ):
                self._compared(shapes, other.value)
            elif value.holds is not contains and isinstance(other.value, int | float):
                self._hint(shapes, "number")
        return ()

    @value.register
    def _(self, value: Pipeline) -> Shapes:
        shapes = self.value(value.left)
        for step in value.steps:
            shapes = self._stepped(shapes, step)
        return shapes

    @value.register
    def _(self, value: BlockText) -> Shapes:
        self.block(value.block)
        return ()

    def condition(self, value: Value) -> None:
        """Read what an `if` tests."""
        self._hint(self.value(value), "tested")

    @singledispatchmethod
    def piece(self, piece: Piece) -> None:
        """Read a piece of the tree; text says nothing."""

    @piece.register
    def _(self, piece: output.OutputPiece) -> None:
        self.value(piece.value)

    @piece.register
    def _(self, piece: variables.AssignPiece) -> None:
        self.name(piece.name, self.value(piece.value))

    @piece.register
    def _(self, piece: variables.CapturePiece) -> None:
        self.block(piece.block)
        self.name(piece.name, self._captured(piece.block))

    @piece.register
    def _(self, piece: conditions.ConditionPiece) -> None:
        for condition, _ in piece.branches:
            self.condition(condition)
        self.branches([*(block for _, block in piece.branches), piece.default])

    @piece.register
    def _(self, piece: conditions.CasePiece) -> None:
        shapes = self.value(piece.value)
        for choices, _ in piece.blocks:
            for choice in choices or ():
                self.value(choice)
                if isinstance(choice, expressions.Constant):
                    self._compared(shapes, choice.value)
        self.branches([*(block for _, block in piece.blocks), None])

    @piece.register
    def _(self, piece: conditions.IfChangedPiece | LiquidPiece) -> None:
        self.block(piece.block)

    @piece.register
    def _(self, piece: loops.ForPiece | loops.TableRowPiece) -> None:
        rounds = piece.rounds
        items = tuple(shape.items() for shape in self.value(rounds.collection))
        self._hint(self._optional(rounds.limit, rounds.offset), "number")
        before = self.named(rounds.name)
        self.name(rounds.name, items)
        self.branches([piece.block, getattr(piece, "default", None)])
        self.name(rounds.name, before)

    @piece.register
    def _(self, piece: loops.CyclePiece) -> None:
        for each in piece.values:
            self.value(each)

    @piece.register
    def _(self, piece: ConnectedContentPiece) -> None:
        self._said(piece.said)
        self.name(piece.static_name, ())

    @piece.register
    def _(self, piece: catalogs.CatalogPiece) -> None:
        self._said(piece.said)
        self.name(catalogs.VARIABLE, ())

    @piece.register
    def _(self, piece: ExtrasPiece) -> None:
        self._said(piece.said)

    def _said(self, said: TagText) -> None:
        for value in said.values():
            self.value(value)

    def _optional(self, *values: Value | None) -> Shapes:
        return tuple(shape for value in values if value for shape in self.value(value))

    def _captured(self, block: Block) -> Shapes:
        """Tell what a captured text may be: a value, where it is nothing but that."""
        pieces = [p for p in block.pieces if not (isinstance(p, Text) and p.blank)]
        if len(pieces) == 1 and isinstance(pieces[0], output.OutputPiece):
            return self.value(pieces[0].value)
        return ()

    def _along(self, shapes: Shapes, keys: tuple[Any, ...]) -> Shapes:
        for place, key in enumerate(keys):
            if isinstance(key, int):
                shapes = tuple(shape.items() for shape in shapes)
            elif not isinstance(key, str):
                self.value(key)
                return ()
            elif key == "size" and place == len(keys) - 1:
                return ()
            elif key in ("first", "last"):
                shapes = tuple(shape.items() for shape in shapes)
            else:
                shapes = tuple(shape.field(key) for shape in shapes)
        return shapes

    def _stepped(self, shapes: Shapes, step: Step) -> Shapes:
        """Read a filter, and tell what its result may be."""
        name = step.token.value
        arguments = [self.value(each) for each in step.arguments]
        for each in step.named.values():
            self.value(each)
        hint = HINTS.get(name)
        if hint:
            self._hint(shapes, hint)
        if hint == "number":
            self._hint((each for argument in arguments for each in argument), "number")
        if name in LISTS | LISTS_BY_KEY | {"concat"}:
            for shape in (*shapes, *(arguments[0] if name == "concat" and arguments else ())):
                shape.items()
        return self._result(name, shapes, arguments, _literals(step))

    def _result(
        self, name: str, shapes: Shapes, arguments: list[Shapes], literals: list[Any]
    ) -> Shapes:
        first = literals[0] if literals else None
        if name == "default":
            return tuple(dict.fromkeys((*shapes, *(arguments[0] if arguments else ()))))
        if name in ("first", "last"):
            return tuple(shape.items() for shape in shapes)
        if name == "property_accessor" and isinstance(first, str):
            return tuple(shape.field(first) for shape in shapes)
        if name in LISTS_BY_KEY and isinstance(first, str):
            inner = [shape.items().field(first) for shape in shapes]
            if name == "where" and len(literals) > 1:
                self._compared(inner, literals[1])
            if name == "map":
                return tuple(_list_of(each) for each in inner)
        if name == "plus" and first == 0:
            return shapes
        return shapes if name in SAME else ()

    def _hint(self, shapes: Iterable[Shape], hint: Hint) -> None:
        for shape in shapes:
            shape.hints.add(hint)

    def _compared(self, shapes: Iterable[Shape], literal: object) -> None:
        for shape in shapes:
            shape.compared(literal)


def _literals(step: Step) -> list[Any]:
    return [
        each.value if isinstance(each, expressions.Constant) else None for each in step.arguments
    ]


def _list_of(item: Shape) -> Shape:
    shape = Shape()
    shape.item = item
    return shape
