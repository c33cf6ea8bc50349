"""`{{ }}`, `echo` and plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid.builtin.content import Literal
from liquid.builtin.output import Output
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.exceptions import LiquidError
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.liquid.compiling import filtered
from b2bkit.liquid.pieces import Piece, Text
from b2bkit.liquid.printing import to_text

if TYPE_CHECKING:
    from liquid import Token, TokenStream

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Out, Rendering

LARGE = 4096
"""Characters from which on an output is measured at once, not at the end of a loop's round."""


class OutputPiece(Piece):
    """Prints a value."""

    __slots__ = ("value",)

    def __init__(self, token: Token, value: Value) -> None:
        super().__init__(token)
        self.value = value
        self.blank = False

    def put(self, context: Rendering, out: Out) -> None:
        """Add the value as text."""
        try:
            value = self.value.evaluate(context)
            if value.__class__ is not str:
                value = self._text(value, context)
        except LiquidError as error:
            context.failed(error, self.token, out)
            return
        out.append(value)
        if len(value) > LARGE:
            out.check(context.run)

    def _text(self, value: object, context: Rendering) -> str:
        if isinstance(value, list | dict):
            kind = "array" if isinstance(value, list) else "object"
            context.run.at = self.token
            context.run.note(
                "whole-value-printed",
                "warning",
                f"A whole {kind} is printed; in which form Braze does so is not documented.",
                "Print its parts, or use `join` or `as_json_string`.",
                RUBY_LIQUID,
            )
        return to_text(value)


class BrazeOutput(Output):
    """`{{ value | filter }}`; with nothing in it, it prints nothing."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Parse an output."""
        token = stream.eat(TOKEN_OUTPUT)
        inside = stream.expect(TOKEN_EXPRESSION)
        value = filtered(inside.value, inside.start_index, inside.source, self.env)
        return OutputPiece(token, value)


class BrazeEcho(EchoTag):
    """`{% echo value | filter %}`."""

    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse an `echo`."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind != TOKEN_EXPRESSION:
            return OutputPiece(token, filtered("", 0, "", self.env))
        next(stream)
        inside = stream.current
        value = filtered(inside.value, inside.start_index, inside.source, self.env)
        return OutputPiece(token, value)


class BrazeText(Literal):
    """Plain text."""

    def parse(self, stream: TokenStream) -> Piece:  # type: ignore[override]  # our node
        """Take the text."""
        token = super().parse(stream).token
        return Text(token, token.value)
