"""`for`, `tablerow`, `cycle`, `break` and `continue`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from liquid.builtin.expressions import StringLiteral
from liquid.builtin.tags.cycle_tag import CycleTag
from liquid.builtin.tags.for_tag import BreakTag, ContinueTag, ForTag
from liquid.builtin.tags.tablerow_tag import TablerowTag
from liquid.exceptions import LiquidError

from b2bkit.liquid.compiling import compiled
from b2bkit.liquid.drops import ForLoop, TableRowLoop
from b2bkit.liquid.expressions import Constant, whole_number
from b2bkit.liquid.pieces import Block, Interrupt, Piece, block_of
from b2bkit.liquid.printing import to_text
from b2bkit.liquid.tags.closing import Closed
from b2bkit.liquid.tags.variables import plain_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liquid import Token, TokenStream
    from liquid.builtin.expressions import LoopExpression
    from liquid.builtin.tags.cycle_tag import CycleNode
    from liquid.builtin.tags.for_tag import ForNode
    from liquid.builtin.tags.tablerow_tag import TablerowNode
    from liquid.expression import Expression

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Out, Rendering


class Rounds:
    """What a loop runs over: `name in collection reversed limit:n offset:n`."""

    __slots__ = ("collection", "label", "limit", "name", "offset", "resumes", "reversed")

    def __init__(self, parsed: LoopExpression, env: BrazeEnvironment) -> None:
        self.name = plain_name(parsed.identifier)  # type: ignore[arg-type]  # is an Identifier
        self.collection = compiled(parsed.iterable, env)
        self.limit = _optional(parsed.limit, env)
        self.offset = _optional(parsed.offset, env)
        self.reversed = parsed.reversed
        self.label = f"{self.name}-{parsed.iterable}"
        self.resumes = isinstance(parsed.offset, StringLiteral) and (
            parsed.offset.value == "continue"
        )

    def items(self, context: Rendering) -> Sequence[Any]:
        """List what the loop runs over, in order; limit and offset come before `reversed`.

        A text is one item, whatever the options are.
        """
        collection = self.collection.evaluate(context)
        memory = context.memory
        if self.resumes:
            first = memory.get(("for", self.label), 0)
        else:
            first = _whole(self.offset, context) or 0
        limit = _whole(self.limit, context)
        last = None if limit is None else max(0, first + limit)
        if isinstance(collection, str):
            return [collection] if collection else []
        chosen = _items(collection)[max(0, first) : last]
        memory["for", self.label] = first + len(chosen)
        return chosen[::-1] if self.reversed else chosen


def _optional(expression: Expression | None, env: BrazeEnvironment) -> Value | None:
    return None if expression is None else compiled(expression, env)


def _items(collection: Any) -> Sequence[Any]:
    if isinstance(collection, list | range):
        return collection
    if isinstance(collection, dict):
        return [list(pair) for pair in collection.items()]
    return []


def _whole(value: Value | None, context: Rendering) -> int | None:
    number = None if value is None else value.evaluate(context)
    return None if number is None else whole_number(number)


class ForPiece(Piece):
    """Puts its block once for each item, or its `else` where there is none."""

    __slots__ = ("block", "default", "rounds")

    def __init__(self, node: ForNode, env: BrazeEnvironment) -> None:
        super().__init__(node.token)
        self.blank = node.blank
        self.rounds = Rounds(node.expression, env)
        self.block = Block(node.block.nodes, blank=node.blank)
        self.default = block_of(node.default, blank=node.blank)

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the rounds."""
        try:
            items = self.rounds.items(context)
        except LiquidError as error:
            context.failed(error, self.token, out, silent=self.blank)
            return None
        if not items:
            return self.default.put(context, out) if self.default else None
        loop = ForLoop(self.rounds.label, len(items), _parent(context))
        layer: dict[str, Any] = {"forloop": loop}
        context.layers.append(layer)
        try:
            self._run(items, loop, layer, context, out)
        finally:
            context.layers.pop()
        return None

    def _run(
        self,
        items: Sequence[Any],
        loop: ForLoop,
        layer: dict[str, Any],
        context: Rendering,
        out: Out,
    ) -> None:
        name, block, run = self.rounds.name, self.block, context.run
        for loop.index0, layer[name] in enumerate(items):
            run.at = self.token
            run.check_round()
            if block.put(context, out) is Interrupt.BREAK:
                break
            out.check(run)


def _parent(context: Rendering) -> Any:
    loops = (layer["forloop"] for layer in reversed(context.layers) if "forloop" in layer)
    return next(loops, None)


class TableRowPiece(Piece):
    """Puts its block once for each item, in table cells."""

    __slots__ = ("block", "columns", "rounds")

    def __init__(self, node: TablerowNode, env: BrazeEnvironment) -> None:
        super().__init__(node.token)
        self.blank = False
        self.rounds = Rounds(node.expression, env)
        self.columns = _optional(node.expression.cols, env)
        self.block = Block(node.block.nodes)

    def put(self, context: Rendering, out: Out) -> None:
        """Put the rows: one without cells where there is no item, nothing where nothing is set."""
        try:
            if self.rounds.collection.evaluate(context) is None:
                return
            items = self.rounds.items(context)
            columns = _whole(self.columns, context)
        except LiquidError as error:
            context.failed(error, self.token, out)
            return
        loop = TableRowLoop(len(items), columns or 0)
        layer: dict[str, Any] = {"tablerowloop": loop}
        context.layers.append(layer)
        try:
            out.append('<tr class="row1">\n')
            for loop.index0, layer[self.rounds.name] in enumerate(items):
                context.run.check_round()
                if self._cell(loop, context, out) is Interrupt.BREAK:
                    break
                out.check(context.run)
            out.append("</tr>\n")
        finally:
            context.layers.pop()

    def _cell(self, loop: TableRowLoop, context: Rendering, out: Out) -> Interrupt | None:
        out.append(f'<td class="col{loop["col"]}">')
        interrupt = self.block.put(context, out)
        out.append("</td>")
        if loop["col_last"] and not loop["last"]:
            out.append(f'</tr>\n<tr class="row{loop["row"] + 1}">')
        return interrupt


class CyclePiece(Piece):
    """Prints one of its values after the other, each time the next.

    Cycles of the same group, or without one of the same texts and numbers, share their turns.
    """

    __slots__ = ("group", "said", "values")

    def __init__(self, node: CycleNode, env: BrazeEnvironment) -> None:
        super().__init__(node.token)
        self.blank = False
        self.group = _optional(node.group, env)
        self.values = tuple(compiled(each, env) for each in node.args)
        fixed = [each.value for each in self.values if isinstance(each, Constant)]
        self.said = repr(fixed) if len(fixed) == len(self.values) else None

    def put(self, context: Rendering, out: Out) -> None:
        """Print the value whose turn it is."""
        try:
            values = [each.evaluate(context) for each in self.values]
            key = ("cycle", self._group(context))
            turn = context.memory.get(key, 0)
            context.memory[key] = (turn + 1) % len(values)
            out.append(to_text(values[turn]) if turn < len(values) else "")
        except LiquidError as error:
            context.failed(error, self.token, out)

    def _group(self, context: Rendering) -> object:
        if self.group is not None:
            return repr((self.group.evaluate(context),))
        return self.token.start_index if self.said is None else self.said


class InterruptPiece(Piece):
    """Ends a round of a loop."""

    __slots__ = ("interrupt",)

    def __init__(self, token: Token, interrupt: Interrupt) -> None:
        super().__init__(token)
        self.blank = False
        self.interrupt = interrupt

    def put(self, context: Rendering, out: Out) -> Interrupt:  # noqa: ARG002
        """Tell the loop."""
        context.run.at = self.token
        return self.interrupt


class BrazeFor(Closed, ForTag):
    """`{% for item in list %}` with `limit`, `offset`, `reversed` and `else`."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse a `for`."""
        return ForPiece(cast("ForNode", super().parse(stream)), self.env)


class BrazeTableRow(Closed, TablerowTag):
    """`{% tablerow %}`: in Liquid, not in Braze's list."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `tablerow`."""
        return TableRowPiece(cast("TablerowNode", super().parse(stream)), self.env)


class BrazeCycle(CycleTag):
    """`{% cycle %}`: in Liquid, not in Braze's list."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `cycle`."""
        return CyclePiece(super().parse(stream), self.env)


class BrazeBreak(BreakTag):
    """`{% break %}`."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `break`."""
        return InterruptPiece(super().parse(stream).token, Interrupt.BREAK)


class BrazeContinue(ContinueTag):
    """`{% continue %}`."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `continue`."""
        return InterruptPiece(super().parse(stream).token, Interrupt.CONTINUE)
