"""`assign`, `capture`, `increment` and `decrement`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from liquid.builtin.tags.assign_tag import AssignTag
from liquid.builtin.tags.capture_tag import CaptureTag
from liquid.builtin.tags.decrement_tag import DecrementTag
from liquid.builtin.tags.increment_tag import IncrementTag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION

from b2bkit.liquid.compiling import compiled
from b2bkit.liquid.pieces import Block, Piece
from b2bkit.liquid.rendering import Out
from b2bkit.liquid.syntax import Rewritten
from b2bkit.liquid.tags.closing import Closed

if TYPE_CHECKING:
    from liquid import Token, TokenStream
    from liquid.builtin.expressions import Identifier
    from liquid.builtin.tags.capture_tag import CaptureNode

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.pieces import Interrupt
    from b2bkit.liquid.rendering import Rendering


_QUOTED = re.compile(r"""(["'])(?P<name>[\w-]+)\1""")


def plain_name(name: Identifier) -> str:
    """Give the name of a local variable.

    Raises:
        LiquidSyntaxError: It is a `${...}`, which nothing can be assigned to.
    """
    source, start = name.token.source, name.token.start_index
    if isinstance(source, Rewritten) and (start in source.references or start in source.groups):
        raise LiquidSyntaxError("A plain name is expected here.", token=name.token)
    return str(name)


class AssignPiece(Piece):
    """Sets a local variable to a value."""

    __slots__ = ("name", "value")

    def __init__(self, token: Token, name: str, value: Value) -> None:
        super().__init__(token)
        self.name = name
        self.value = value

    def put(self, context: Rendering, out: Out) -> None:
        """Set it; print nothing."""
        try:
            context.assign(self.name, self.value.evaluate(context))
        except LiquidError as error:
            context.failed(error, self.token, out, silent=True)


class CapturePiece(Piece):
    """Sets a local variable to the text between its tags."""

    __slots__ = ("block", "name")

    def __init__(self, token: Token, name: str, block: Block) -> None:
        super().__init__(token)
        self.name = name
        self.block = block

    def put(self, context: Rendering, out: Out) -> Interrupt | None:  # noqa: ARG002
        """Set it; print nothing."""
        captured = Out()
        interrupt = self.block.put(context, captured)
        context.assign(self.name, captured.text(context.run))
        return interrupt


class CounterPiece(Piece):
    """Counts up or down, and prints the count."""

    __slots__ = ("name", "step")

    def __init__(self, token: Token, name: str, step: int) -> None:
        super().__init__(token)
        self.name = name
        self.step = step
        self.blank = False

    def put(self, context: Rendering, out: Out) -> None:
        """Print the count before it goes up, or after it went down, as Ruby Liquid does."""
        count = context.memory.get(("counter", self.name), 0)
        context.memory["counter", self.name] = count + self.step
        out.append(str(count if self.step > 0 else count - 1))


class BrazeAssign(AssignTag):
    """`{% assign name = value | filter %}`."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse an `assign`."""
        node = super().parse(stream)
        return AssignPiece(node.token, plain_name(node.name), compiled(node.expression, self.env))


class BrazeCapture(Closed, CaptureTag):
    """`{% capture name %}...{% endcapture %}`."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `capture`; its name may stand in quotes."""
        inside = stream.peek
        quoted = _QUOTED.fullmatch(inside.value) if inside.kind == TOKEN_EXPRESSION else None
        if quoted:
            start = inside.start_index + 1
            bare = inside._replace(value=quoted["name"], start_index=start)
            stream.tokens[stream.pos + 1] = bare
        node = cast("CaptureNode", super().parse(stream))
        return CapturePiece(node.token, plain_name(node.name), Block(node.block.nodes))


class BrazeIncrement(IncrementTag):
    """`{% increment name %}`: in Liquid, not in Braze's list."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse an `increment`."""
        node = super().parse(stream)
        return CounterPiece(node.token, plain_name(node.name), 1)


class BrazeDecrement(DecrementTag):
    """`{% decrement name %}`: in Liquid, not in Braze's list."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse a `decrement`."""
        node = super().parse(stream)
        return CounterPiece(node.token, plain_name(node.name), -1)
