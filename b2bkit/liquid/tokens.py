"""Which words of an expression are keywords, decided by where they stand.

python-liquid reserves `limit`, `offset`, `for`, `if` and others everywhere; in Ruby's Liquid and in
Braze `item.limit` and a variable called `reversed` are ordinary names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liquid import Token, TokenStream
from liquid.builtin.expressions import tokenize
from liquid.exceptions import LiquidSyntaxError
from liquid.token import (
    TOKEN_AND,
    TOKEN_AS,
    TOKEN_BLANK,
    TOKEN_COLON,
    TOKEN_COLS,
    TOKEN_CONTAINS,
    TOKEN_CONTINUE,
    TOKEN_DOT,
    TOKEN_ELSE,
    TOKEN_EMPTY,
    TOKEN_EOF,
    TOKEN_EXPRESSION,
    TOKEN_FALSE,
    TOKEN_FOR,
    TOKEN_IF,
    TOKEN_IN,
    TOKEN_LIMIT,
    TOKEN_NIL,
    TOKEN_NOT,
    TOKEN_NULL,
    TOKEN_OFFSET,
    TOKEN_OR,
    TOKEN_REQUIRED,
    TOKEN_REVERSED,
    TOKEN_TAG,
    TOKEN_TRUE,
    TOKEN_WITH,
    TOKEN_WORD,
)

from b2bkit.liquid.syntax import Rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHECKED_EVERY = 64
"""Tokens between two looks at the time."""

LOOPS = frozenset({"for", "tablerow"})

_NEVER = frozenset({TOKEN_WITH, TOKEN_FOR, TOKEN_AS, TOKEN_IF, TOKEN_ELSE, TOKEN_REQUIRED})
_LOOP = frozenset({TOKEN_IN, TOKEN_LIMIT, TOKEN_OFFSET, TOKEN_REVERSED, TOKEN_COLS, TOKEN_CONTINUE})
_OPTIONS = frozenset({TOKEN_LIMIT, TOKEN_OFFSET, TOKEN_COLS})
_VALUES = frozenset({TOKEN_TRUE, TOKEN_FALSE, TOKEN_NIL, TOKEN_NULL, TOKEN_EMPTY, TOKEN_BLANK})
_OPERATORS = frozenset({TOKEN_AND, TOKEN_OR, TOKEN_CONTAINS, TOKEN_NOT})
_AFTER_DOT = _NEVER | _LOOP | _VALUES | _OPERATORS


def words(tokens: Iterable[Token], *, loop: bool = False) -> Iterator[Token]:
    """Turn keywords that stand where a name belongs into plain words.

    Args:
        tokens: Tokens of one expression.
        loop: It is the expression of a `for` or `tablerow`: there, `reversed` behind the first
            option is left out, as Ruby's Liquid reads it right behind the list only.
    """
    before = earlier = ""
    late = False
    for token in tokens:
        if _is_name(token.kind, before, earlier, loop=loop):
            token = token._replace(kind=TOKEN_WORD)
        late = late or token.kind in _OPTIONS
        if not (late and token.kind == TOKEN_REVERSED):
            yield token
        before, earlier = token.kind, before


def _is_name(kind: str, before: str, earlier: str, *, loop: bool) -> bool:
    if before == TOKEN_DOT:
        return kind in _AFTER_DOT
    if kind in _LOOP and loop:
        resumes = kind == TOKEN_CONTINUE and earlier == TOKEN_OFFSET
        return before in ("", TOKEN_IN, TOKEN_COLON) and not resumes
    return kind in _NEVER or kind in _LOOP


class Tokens(TokenStream):
    """A stream of tokens whose expressions are read with our `words`.

    Args:
        tokens: The tokens.
        end: Offset behind the last of them, for errors of a text that ends too early.
        source: The whole text.
        depth: How deep in blocks they stand.
    """

    def __init__(self, tokens: Iterable[Token], end: int, source: str, depth: int = 0) -> None:
        super().__init__(iter(tokens), depth)
        self.eof = Token(TOKEN_EOF, TOKEN_EOF, end, source)
        self._check_time = source.check_time if isinstance(source, Rewritten) else None

    def __next__(self) -> Token:
        if self._check_time is not None and self.pos % CHECKED_EVERY == 0:
            self._check_time()
        return super().__next__()

    def into_inner(self, *, tag: Token | None = None, eat: bool = True) -> TokenStream:
        """Give the tokens of the expression at hand, as python-liquid's own does."""
        token = self.current
        if token.kind != TOKEN_EXPRESSION:
            raise LiquidSyntaxError("missing expression", token=tag or token)
        name = self.tokens[self.pos - 1].value if self.pos else ""
        if eat:
            next(self)
        return expression_tokens(token.value, token, loop=name in LOOPS)


def expression_tokens(text: str, parent: Token, *, loop: bool = False) -> TokenStream:
    """Read the tokens of an expression that starts where `parent` does."""
    end = parent.start_index + len(text.rstrip())
    return Tokens(words(tokenize(text, parent), loop=loop), end, parent.source)


_LINE = re.compile(r"[ \t\r]*(?:(?P<name>#|\w+)[ \t]*(?P<text>[^\n]*?)[ \t\r]*)?(?:\n|$)")


def line_tokens(inside: Token, *, depth: int) -> Tokens:
    """Read what stands in a `liquid` tag: each line is a tag.

    Args:
        inside: The tag's expression.
        depth: How deep in blocks the tag stands.

    Raises:
        LiquidSyntaxError: A line does not start with a tag's name.
    """
    end = inside.start_index + len(inside.value)
    return Tokens(_lines(inside), end, inside.source, depth)


def _lines(inside: Token) -> Iterator[Token]:
    text, at = inside.value, 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            raise LiquidSyntaxError(
                "A line of `liquid` must start with a tag's name.", token=_part(inside, text, at)
            )
        if line["name"] and line["name"] != "#":
            yield _part(inside, line["name"], line.start("name"))._replace(kind=TOKEN_TAG)
            if line["text"]:
                yield _part(inside, line["text"], line.start("text"))
        at = line.end()


def _part(inside: Token, text: str, at: int) -> Token:
    return Token(TOKEN_EXPRESSION, text, inside.start_index + at, inside.source)
