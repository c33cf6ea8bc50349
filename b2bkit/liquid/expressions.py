"""Expressions as they are evaluated; `compiling` makes them of what python-liquid parsed.

A missing value is nil, never an error. Filters are applied in `pipeline`.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Protocol

from liquid.builtin.expressions import logical

from b2bkit.liquid.compare import contains, differ, equal, ordered, truthy
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.lookup import item
from b2bkit.liquid.namespaces import STANDARD
from b2bkit.liquid.numbers import to_number
from b2bkit.liquid.printing import to_text
from b2bkit.liquid.run import LimitReached

if TYPE_CHECKING:
    from collections.abc import Callable

    from liquid import Token

    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.syntax import Reference


class Value(Protocol):
    """Anything that can be evaluated."""

    def evaluate(self, context: Rendering) -> Any:
        """Give its value in a render."""


class Constant:
    """A literal."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def evaluate(self, context: Rendering) -> Any:  # noqa: ARG002 - a Value's signature
        """Give the literal."""
        return self.value


class Variable:
    """A plain name, and a path into its value."""

    __slots__ = ("keys", "name", "token")

    def __init__(self, token: Token, name: str, keys: tuple[Any, ...]) -> None:
        self.token = token
        self.name = name
        self.keys = keys

    def evaluate(self, context: Rendering) -> Any:
        """Give its value, nil where it or part of the path is missing."""
        value = context.root(self.name)
        return walk(value, self.keys, context) if self.keys else value


class Indirect:
    """A name that is itself a value, as in `[which].title`."""

    __slots__ = ("keys", "name", "token")

    def __init__(self, token: Token, name: Value, keys: tuple[Any, ...]) -> None:
        self.token = token
        self.name = name
        self.keys = keys

    def evaluate(self, context: Rendering) -> Any:
        """Give the value of the name it names."""
        name = self.name.evaluate(context)
        return walk(context.root(name), self.keys, context) if isinstance(name, str) else None


class FieldValue:
    """A `${name}`, and a path into its value.

    The name itself may hold a path; a value of exactly that name goes first (not documented).
    """

    __slots__ = ("_inner", "_name", "_namespace", "keys", "reference", "token")

    def __init__(self, token: Token, reference: Reference, keys: tuple[Any, ...]) -> None:
        self.token = token
        self.reference = reference
        self.keys = keys
        self._namespace = reference.namespace or STANDARD
        self._name = reference.name
        self._inner = reference.path if len(reference.path) > 1 else ()

    def evaluate(self, context: Rendering) -> Any:
        """Give its value, nil where it or part of the path is missing."""
        space = context.namespaces.get(self._namespace)
        if space is None:
            return None
        value = space.get(self._name)
        if value is None and self._inner and self._name not in space:
            value = space
            for key in self._inner:
                value = item(value, key)
        return walk(value, self.keys, context) if self.keys else value


def walk(value: Any, keys: tuple[Any, ...], context: Rendering) -> Any:
    """Follow a path into a value; its keys are texts, numbers or values of their own."""
    for key in keys:
        if value is None:
            return None
        if key.__class__ is not str and key.__class__ is not int:
            key = key.evaluate(context)
        value = item(value, key)
    return value


class Range:
    """A range such as `(1..count)`; one that runs down is empty."""

    __slots__ = ("_literal", "start", "stop")

    def __init__(self, start: Value, stop: Value) -> None:
        self.start = start
        self.stop = stop
        self._literal = isinstance(start, Constant) and isinstance(stop, Constant)

    def evaluate(self, context: Rendering) -> range:
        """Give the range.

        Raises:
            Fault: One of its ends is a value that is not whole.
            LimitReached: It is longer than a loop may run.
        """
        start = self._end(self.start.evaluate(context))
        stop = self._end(self.stop.evaluate(context))
        most = context.run.limits.loop_iterations
        if stop - start >= most:
            raise LimitReached("loop_iterations", most)
        return range(start, stop + 1)

    def _end(self, value: Any) -> int:
        """Read text by its leading digits; of literals also what stands before the point."""
        if value is None or isinstance(value, str) or self._literal:
            return int(to_number(value))
        return whole_number(value)


def whole_number(value: Any) -> int:
    """Read a whole number, also in a text.

    Raises:
        Fault: It is none.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return int(to_text(value))
    except ValueError:
        raise Fault("invalid integer", "Give it a whole number, with `| round`.") from None


class Comparison:
    """Two values and a comparison of them."""

    __slots__ = ("holds", "left", "right", "token")

    def __init__(
        self, token: Token, holds: Callable[[object, object], bool], left: Value, right: Value
    ) -> None:
        self.token = token
        self.holds = holds
        self.left = left
        self.right = right

    def evaluate(self, context: Rendering) -> bool:
        """Tell whether it holds."""
        try:
            return self.holds(self.left.evaluate(context), self.right.evaluate(context))
        except Fault as fault:
            fault.token = fault.token or self.token
            raise


class And:
    """Both hold; what stands to the right was joined first."""

    __slots__ = ("left", "right")

    def __init__(self, left: Value, right: Value) -> None:
        self.left = left
        self.right = right

    def evaluate(self, context: Rendering) -> bool:
        """Tell whether both hold."""
        return truthy(self.left.evaluate(context)) and truthy(self.right.evaluate(context))


class Or:
    """One of both holds; what stands to the right was joined first."""

    __slots__ = ("left", "right")

    def __init__(self, left: Value, right: Value) -> None:
        self.left = left
        self.right = right

    def evaluate(self, context: Rendering) -> bool:
        """Tell whether one of both holds."""
        return truthy(self.left.evaluate(context)) or truthy(self.right.evaluate(context))


COMPARISONS: dict[type, Callable[[object, object], bool]] = {
    logical.EqExpression: equal,
    logical.NeExpression: differ,
    logical.ContainsExpression: contains,
    logical.LtExpression: ordered("<", operator.lt),
    logical.LeExpression: ordered("<=", operator.le),
    logical.GtExpression: ordered(">", operator.gt),
    logical.GeExpression: ordered(">=", operator.ge),
}
