"""From what python-liquid parsed to what is evaluated: one function, `compiled`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liquid import Token
from liquid.builtin.expressions import (
    FilteredExpression,
    KeywordArgument,
    Literal,
    Nil,
    Path,
    logical,
    primitive,
)
from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION

from b2bkit.liquid.compare import BLANK, EMPTY
from b2bkit.liquid.expressions import (
    COMPARISONS,
    And,
    Comparison,
    Constant,
    FieldValue,
    Indirect,
    Or,
    Range,
    Value,
    Variable,
)
from b2bkit.liquid.namespaces import CONTENT_BLOCKS
from b2bkit.liquid.pipeline import Pipeline, Step
from b2bkit.liquid.syntax import Rewritten
from b2bkit.liquid.tokens import expression_tokens

if TYPE_CHECKING:
    from liquid.builtin.expressions import Filter
    from liquid.expression import Expression

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.syntax import Group


def compiled(expression: Expression, env: BrazeEnvironment) -> Value:
    """Make a parsed expression ours.

    Raises:
        LiquidSyntaxError: Something stands directly behind a `${...}`, or an inner `{{ }}` does
            not parse.
    """
    if isinstance(expression, Path):
        return _path(expression, env)
    if isinstance(expression, FilteredExpression):
        return _filtered(expression, env)
    if isinstance(expression, logical.BooleanExpression):
        return compiled(expression.expression, env)
    if isinstance(expression, tuple(COMPARISONS)):
        left, right = expression.children()
        holds = COMPARISONS[type(expression)]
        return Comparison(expression.token, holds, compiled(left, env), compiled(right, env))
    if isinstance(expression, logical.LogicalAndExpression):
        return And(compiled(expression.left, env), compiled(expression.right, env))
    if isinstance(expression, logical.LogicalOrExpression):
        return Or(compiled(expression.left, env), compiled(expression.right, env))
    if isinstance(expression, primitive.RangeLiteral):
        return Range(compiled(expression.start, env), compiled(expression.stop, env))
    return _constant(expression)


def filtered(text: str, start: int, source: str, env: BrazeEnvironment) -> Value:
    """Parse and compile what stands in an output; nothing at all is nil.

    Args:
        text: The expression, rewritten.
        start: Its offset in `source`.
        source: The whole text.
        env: Where filters are looked up.
    """
    if not text or text.isspace():
        return Constant(None)
    tokens = expression_tokens(text, Token(TOKEN_EXPRESSION, text, start, source))
    return compiled(FilteredExpression.parse(env, tokens), env)


def _constant(expression: Expression) -> Constant:
    if isinstance(expression, Literal):
        return Constant(expression.value)
    if isinstance(expression, primitive.Blank):
        return Constant(BLANK)
    if isinstance(expression, primitive.Empty):
        return Constant(EMPTY)
    if isinstance(expression, Nil):
        return Constant(None)
    raise LiquidSyntaxError("This cannot stand here.", token=expression.token)


def _filtered(expression: FilteredExpression, env: BrazeEnvironment) -> Value:
    left = compiled(expression.left, env)
    steps = tuple(_step(each, env) for each in expression.filters or ())
    return Pipeline(left, steps) if steps else left


def _step(parsed: Filter, env: BrazeEnvironment) -> Step:
    arguments: list[Value] = []
    named: dict[str, Value] = {}
    for argument in parsed.args:
        value = compiled(argument.value, env)
        if isinstance(argument, KeywordArgument):
            named[argument.name] = value
        else:
            arguments.append(value)
    return Step(parsed.token, env.filters.get(parsed.name), tuple(arguments), named)


def _path(path: Path, env: BrazeEnvironment) -> Value:
    source, start = path.token.source, path.token.start_index
    keys = tuple(_key(key, env) for key in path.path[1:])
    head = path.path[0]
    if isinstance(source, Rewritten):
        if reference := source.references.get(start):
            _check_alone(path.token, reference.length)
            if reference.namespace == CONTENT_BLOCKS:
                return env.block_value(reference, source)
            return FieldValue(path.token, reference, keys)
        if group := source.groups.get(start):
            _check_alone(path.token, group.length)
            return _grouped(group, source, env)
    if isinstance(head, Path):
        return Indirect(path.token, compiled(head, env), keys)
    return Variable(path.token, str(head), keys)


def _key(key: Any, env: BrazeEnvironment) -> Any:
    return compiled(key, env) if isinstance(key, Path) else key


def _grouped(group: Group, source: str, env: BrazeEnvironment) -> Value:
    return filtered(group.text, group.inside, source, env)


def _check_alone(token: Token, length: int) -> None:
    """Refuse a word grown together with the name that stands for a `${...}`."""
    if len(token.value) != length:
        after = token._replace(start_index=token.start_index + length)
        raise LiquidSyntaxError("This cannot follow `}` directly.", token=after)
