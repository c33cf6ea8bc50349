"""`abort_message`: the message is not sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from liquid import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.liquid.errors import ABORT_CALLED, Aborted
from b2bkit.liquid.pieces import Piece

if TYPE_CHECKING:
    from liquid import Token, TokenStream

    from b2bkit.liquid.rendering import Out, Rendering

_REASON = re.compile(r"\s*\(\s*(?P<reason>.*?)\s*\)\s*", re.DOTALL)


class AbortPiece(Piece):
    """Ends the render."""

    __slots__ = ("reason",)

    def __init__(self, token: Token, reason: str) -> None:
        super().__init__(token)
        self.reason = reason
        self.blank = False

    def put(self, context: Rendering, out: Out) -> NoReturn:  # noqa: ARG002
        """Abort.

        Raises:
            Aborted: Always.
        """
        raise Aborted(self.reason)


class AbortMessage(Tag):
    """`{% abort_message('reason') %}`; brackets, quotes and the reason may be left out.

    The reason is not rendered. Source: Braze, Aborting messages (2026).
    """

    name = "abort_message"
    block = False

    def parse(self, stream: TokenStream) -> Piece:
        """Parse an `abort_message`."""
        token = stream.expect(TOKEN_TAG)
        reason = ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            reason = _reason(stream.current.value)
        return AbortPiece(token, reason or ABORT_CALLED)


def _reason(text: str) -> str:
    brackets = _REASON.fullmatch(text)
    reason = brackets["reason"] if brackets else text.strip()
    if len(reason) > 1 and reason[0] == reason[-1] and reason[0] in "'\"":
        return reason[1:-1]
    return reason
