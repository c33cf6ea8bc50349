"""A value and the filters it goes through, kept to the limits. What a filter does is not here."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

from liquid.exceptions import LiquidError

from b2bkit.braze.sources import LIQUID_FILTERS
from b2bkit.liquid.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from liquid import Token

    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.rendering import Rendering

LARGE = 4096
"""Characters or items from which on a result is measured against the limits."""


def _arguments(function: Callable[..., Any]) -> tuple[int, int]:
    """Count the arguments a filter must and can have besides its value."""
    kind = Parameter.POSITIONAL_OR_KEYWORD
    takes = [each for each in signature(function).parameters.values() if each.kind is kind][1:]
    return len([each for each in takes if each.default is each.empty]), len(takes)


class Pipeline:
    """A value and the filters it goes through, in order."""

    __slots__ = ("left", "steps")

    def __init__(self, left: Value, steps: tuple[Step, ...]) -> None:
        self.left = left
        self.steps = steps

    def evaluate(self, context: Rendering) -> Any:
        """Give what the last filter gives."""
        value = self.left.evaluate(context)
        for step in self.steps:
            value = step.apply(value, context)
        return value


class Step:
    """One filter and its arguments.

    Args:
        token: The filter's name in the text.
        function: What it does; `None` is a filter that Braze does not have.
        arguments: Its arguments in order.
        named: Its arguments by name, such as `allow_false: true`.
    """

    __slots__ = ("_wants_context", "arguments", "function", "named", "token")

    def __init__(
        self,
        token: Token,
        function: Callable[..., Any] | None,
        arguments: tuple[Value, ...],
        named: dict[str, Value],
    ) -> None:
        self.token = token
        self.function = function
        self.arguments = arguments
        self.named = named
        self._wants_context = bool(getattr(function, "with_context", False))

    def apply(self, value: Any, context: Rendering) -> Any:
        """Give the filter's result for a value.

        Raises:
            Fault: The filter cannot work on these values.
            LimitReached: The result is too large, or the time is up.
        """
        arguments = [argument.evaluate(context) for argument in self.arguments]
        context.run.at = self.token
        if self.function is None:
            return self._passed_through(value, context)
        try:
            if self.named or self._wants_context:
                result = self.function(value, *arguments, **self._keywords(context))
            else:
                result = self.function(value, *arguments)
        except LiquidError as error:
            error.token = error.token or self.token
            raise
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise self._unfit(self.function, error) from error
        if (result.__class__ is str or result.__class__ is list) and len(result) > LARGE:
            context.run.check_size(len(result))
        return result

    def _keywords(self, context: Rendering) -> dict[str, Any]:
        keywords = {name: value.evaluate(context) for name, value in self.named.items()}
        if self._wants_context:
            keywords["context"] = context
        return keywords

    def _unfit(self, function: Callable[..., Any], error: Exception) -> Fault:
        least, most = _arguments(function)
        given = len(self.arguments) + bool(self.named)
        said = f"{self.token.value}: {error}"
        if not least <= given <= most:
            expected = f"{least + 1}" if least == most else f"{least + 1}..{most + 1}"
            said = f"wrong number of arguments (given {given + 1}, expected {expected})"
        fault = Fault(said, "Look at the filter's value and arguments.")
        fault.token = self.token
        return fault

    def _passed_through(self, value: Any, context: Rendering) -> Any:
        context.run.note(
            "unsupported-filter",
            "error",
            f"Braze has no filter `{self.token.value}`: the value passes through unchanged.",
            "Use one of the filters Braze lists.",
            LIQUID_FILTERS,
        )
        return value
