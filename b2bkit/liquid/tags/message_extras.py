"""`message_extras`: data for Currents and Snowflake, which prints nothing.

Source: Braze, Advanced filters, message extras (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid import Tag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.braze.sources import LIQUID_ADVANCED_FILTERS
from b2bkit.liquid.pieces import Piece
from b2bkit.liquid.tags.tag_text import TagText

if TYPE_CHECKING:
    from liquid import Token, TokenStream

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.rendering import Out, Rendering

MOST_BYTES = 1024


class ExtrasPiece(Piece):
    """Adds a pair to the message's extras, unless its key is there already."""

    __slots__ = ("said",)

    def __init__(self, token: Token, said: TagText) -> None:
        super().__init__(token)
        self.said = said
        self.blank = False

    def put(self, context: Rendering, out: Out) -> None:
        """Remember the pair; print nothing."""
        try:
            key = self.said.options["key"].evaluate(context)
            value = self.said.options["value"].evaluate(context)
        except LiquidError as error:
            context.failed(error, self.token, out)
            return
        extras = context.memory.setdefault(("message_extras", None), {})
        extras.setdefault(key, value)
        if sum(len(f"{key}{value}".encode()) for key, value in extras.items()) > MOST_BYTES:
            context.run.at = self.token
            context.run.note(
                "message-extras-too-large",
                "warning",
                f"The message extras are larger than {MOST_BYTES:,} bytes.",
                "Send less in them.",
                LIQUID_ADVANCED_FILTERS,
            )


class MessageExtras(Tag):
    """`{% message_extras :key name :value text %}`."""

    name = "message_extras"
    block = False
    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse a `message_extras`."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            said = TagText(stream.current, self.env)
            if {"key", "value"} <= said.options.keys():
                return ExtrasPiece(token, said)
        raise LiquidSyntaxError("`message_extras` needs a `:key` and a `:value`.", token=token)
