"""Block tags that are never closed: the error points at what opened them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from liquid.exceptions import LiquidSyntaxError

if TYPE_CHECKING:
    from liquid import Node, Tag, Token, TokenStream

    Base = Tag
else:
    Base = object


class Closed(Base):
    """A block tag whose text goes on to its end tag; mix it in before python-liquid's tag."""

    def parse(self, stream: TokenStream) -> Node:
        """Parse the tag and what it holds.

        Raises:
            LiquidSyntaxError: It does not parse, or is never closed.
        """
        opening = stream.current
        try:
            return super().parse(stream)  # type: ignore[safe-super]  # mixed in before a tag
        except LiquidSyntaxError as error:
            if error.token is not None and error.token is stream.eof:
                self._never_closed(opening)
            raise

    def _never_closed(self, opening: Token) -> NoReturn:
        said = f"`{self.name}` is never closed: add `{{% {self.end} %}}`."
        raise LiquidSyntaxError(said, token=opening)
