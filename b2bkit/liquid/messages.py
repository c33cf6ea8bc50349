"""The parser's errors in words of the author's task, and where they stand in the author's text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from b2bkit.liquid.errors import TemplateError
from b2bkit.liquid.syntax import Rewritten

if TYPE_CHECKING:
    from liquid import Token
    from liquid.exceptions import LiquidError

    from b2bkit.liquid.places import Origin

_COMPARING = "eq|ne|ltgt|lt|gt|le|ge|contains|and|or"
_NO_SENSE = "This cannot stand here: an operator, a `|` or a comma may be missing before it."

_SENTENCES = tuple(
    (re.compile(said), sentence)
    for said, sentence in (
        (
            r"unexpected tag '(else|elsif|when|end\w+)'",
            r"`\1` stands here without the tag it belongs to.",
        ),
        (r"unexpected tag '(.+)'", r"Braze has no tag `\1`."),
        (r"missing tag name", "A tag needs a name, as in `{% if ... %}`."),
        (r"missing expression", "Something is missing behind the tag's name."),
        (r"expected a primitive expression, found end of expression", "A value is missing here."),
        (
            r"expected a primitive expression, found .*",
            "A value is expected here: a name, a number or a text in quotes.",
        ),
        (
            r"expected end of expression, found 'pipe'|expected end of expression, found '\|'",
            "A filter cannot stand here: set a variable with `assign` first.",
        ),
        (r"expected end of expression, found dpipe", "`||` is not an operator: write `or`."),
        (
            r"expected end of expression, found '='",
            "A single `=` does not compare: write `==`.",
        ),
        (
            rf"expected end of expression, found (?:'[=!<>]+'|{_COMPARING})",
            "A comparison cannot stand here: it belongs into an `if`.",
        ),
        (r"expected end of expression, found .*|unexpected token .*", _NO_SENSE),
        (r"unexpected '&'", "`&&` is not an operator: write `and`."),
        (
            "unexpected '[\u201c\u201d\u201e\u2018\u2019]'",
            "Curly quotes do not quote anything: write straight ones.",
        ),
        (r"unexpected '(.*)'", r"`\1` cannot stand here."),
        (
            r"disallowed parentheses in logical expression",
            "Braze has no parentheses in conditions: put one `if` into another.",
        ),
        (
            r"disallowed not operator in logical expression",
            "Braze has no `not`: use `unless` or `!=`.",
        ),
        (
            r"unknown operator '(.*)'",
            r"`\1` is not an operator: there are ==, !=, >, <, >=, <= and contains.",
        ),
        (r"expected word, found .*", "The name of a filter is expected behind `|`."),
        (
            r"expected a comma separated list of arguments, found .*",
            "A comma is missing between a filter's arguments.",
        ),
        (r"expected an? (?:identifier|name), found .*", "A plain name is expected here."),
        (r"expected a dot or bracket notation, found .*", "A `.` is missing before this."),
        (
            r"expected 'reversed', 'offset' or 'limit'.*",
            "Behind its list, a `for` takes only `reversed`, `limit:` and `offset:`.",
        ),
        (
            r"expected in, found .*",
            "A `for` needs a name, `in` and a list, as in `{% for item in items %}`.",
        ),
        (
            r"expected '=', found .*",
            "An `assign` needs a name, `=` and a value, as in `{% assign name = 1 %}`.",
        ),
        (r"expected ':', found .*", "A `:` is missing here."),
        (r"missing or unexpected path segment", "A name is missing here."),
    )
)


def template_error(error: LiquidError, origin: Origin, at: Token | None = None) -> TemplateError:
    """Make an error of python-liquid ours.

    Args:
        error: What was raised.
        origin: Leads an offset back to the author's text, where the error's token does not.
        at: Where a render was.
    """
    token = error.token or at
    if token is not None and isinstance(token.source, Rewritten):
        origin = token.source.origin
    offset = token.start_index if token is not None else 0
    return TemplateError(sentence(str(error.args[0]) if error.args else ""), origin.place(offset))


def sentence(said: str) -> str:
    """Put what python-liquid says in words of the author's task; our own words stay."""
    for pattern, words in _SENTENCES:
        found = pattern.fullmatch(said)
        if found:
            return found.expand(words)
    return said
