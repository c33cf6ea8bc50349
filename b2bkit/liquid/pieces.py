"""The tree that is rendered: pieces, each of which puts its text into the output.

python-liquid's parser builds them through our tags; its own nodes take no part in a render.
"""

from __future__ import annotations

from abc import abstractmethod
from enum import Enum
from typing import TYPE_CHECKING, NoReturn

from liquid import Node

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from liquid import BlockNode, RenderContext, Token

    from b2bkit.liquid.rendering import Rendering

from b2bkit.liquid.numbers import RUBY_BLANKS
from b2bkit.liquid.rendering import Out


class Interrupt(Enum):
    """What ends a round of a loop early."""

    BREAK = "break"
    CONTINUE = "continue"


class Piece(Node):
    """One part of a parsed template.

    Attributes:
        token: Where it stands.
        blank: It never prints more than blanks; a block of nothing else prints nothing.
    """

    __slots__ = ()

    @abstractmethod
    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Add its text to the output; tell of a `break` or `continue` met."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> NoReturn:
        """Refuse: python-liquid parses our templates, and renders none."""
        raise NotImplementedError


class Text(Piece):
    """Plain text."""

    __slots__ = ("text",)

    def __init__(self, token: Token, text: str) -> None:
        super().__init__(token)
        self.text = text
        self.blank = not text.strip(RUBY_BLANKS)

    def put(self, context: Rendering, out: Out) -> None:  # noqa: ARG002 - a Piece's signature
        """Add the text."""
        out.append(self.text)


class Block:
    """Pieces one after the other.

    Args:
        nodes: What was parsed; comments are left out.
        blank: Nothing of it is printed, because it and its neighbours are blank.
    """

    __slots__ = ("blank", "pieces")

    def __init__(self, nodes: Iterable[Node], *, blank: bool = False) -> None:
        self.pieces = tuple(node for node in nodes if isinstance(node, Piece))
        self.blank = blank

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Add the text of each; stop at a `break` or `continue`."""
        if self.blank:
            out = Out()
        for piece in self.pieces:
            interrupt = piece.put(context, out)
            if interrupt is not None:
                return interrupt
        return None


def block_of(node: BlockNode | None, *, blank: bool) -> Block | None:
    """Make what was parsed between two tags a block of ours."""
    return None if node is None else Block(node.nodes, blank=blank)
