"""From the parts of a rewritten text to the tokens that python-liquid's parser reads.

Its own lexer is not used: the scanner has found the parts already, and a long run of blanks in a
tag would cost that lexer seconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liquid import Token
from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG

from b2bkit.liquid.numbers import RUBY_BLANKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.syntax import Part, Rewritten

_NOT_COMMENT = re.compile(r"\n\s*[^#\s]")


def template_tokens(text: Rewritten) -> Iterator[Token]:
    """Yield the tokens of a text: what stands between tags, and each output and tag.

    Hyphens take away the blanks next to them; comments yield nothing.

    Raises:
        LiquidSyntaxError: A line of an inline comment does not start with `#`.
    """
    trim = False
    for part, following in zip(text.parts, [*text.parts[1:], None], strict=False):
        if part.kind == "text":
            yield from _content(
                text, part, left=trim, right=following is not None and following.left
            )
        elif part.kind == "raw":
            yield from _content(text, part, left=False, right=False)
        elif part.kind == "output":
            yield Token(TOKEN_OUTPUT, "{{", part.start, text)
            yield _inside(text, part)
        elif part.name == "#":
            _check_comment(text, part)
        else:
            yield Token(TOKEN_TAG, part.name, part.named or part.start, text)
            if (inside := _inside(text, part)).value:
                yield inside
        trim = part.right


def _content(text: Rewritten, part: Part, *, left: bool, right: bool) -> Iterator[Token]:
    content = text[part.inside : part.after]
    if left:
        content = content.lstrip(RUBY_BLANKS)
    if right:
        content = content.rstrip(RUBY_BLANKS)
    if content:
        yield Token(TOKEN_CONTENT, content, part.inside, text)


def _inside(text: Rewritten, part: Part) -> Token:
    inside = text[part.inside : part.after]
    stripped = inside.lstrip()
    at = part.inside + len(inside) - len(stripped)
    return Token(TOKEN_EXPRESSION, stripped.rstrip(), at, text)


def _check_comment(text: Rewritten, part: Part) -> None:
    wrong = _NOT_COMMENT.search(text, part.inside, part.after)
    if wrong:
        raise LiquidSyntaxError(
            "Each line of an inline comment must start with `#`.",
            token=Token(TOKEN_EXPRESSION, "", wrong.end() - 1, text),
        )
