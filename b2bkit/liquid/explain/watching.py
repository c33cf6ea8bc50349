"""Puts a watcher before each value of a parsed tree, which tells a `Trace` what it was.

Values are changed in place: the tree must be the explanation's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.liquid.environment import BlockText
from b2bkit.liquid.explain import naming, showing
from b2bkit.liquid.explain.steps import Applied, Compared, Read
from b2bkit.liquid.expressions import (
    And,
    Comparison,
    FieldValue,
    Indirect,
    Or,
    Range,
    Variable,
)
from b2bkit.liquid.pipeline import Pipeline, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.liquid.explain.trace import Trace
    from b2bkit.liquid.expressions import Value
    from b2bkit.liquid.pieces import Block
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.tags.tag_text import TagText


class Watched:
    """A value, and what it was when it was last asked for.

    Args:
        inner: The value itself.
        trace: Is told what happens.
    """

    __slots__ = ("inner", "last", "trace")

    def __init__(self, inner: Any, trace: Trace) -> None:
        self.inner = inner
        self.trace = trace
        self.last: Any = None

    def evaluate(self, context: Rendering) -> Any:
        """Give the value, remember it and tell of it."""
        self.last = self.inner.evaluate(context)
        self.tell()
        return self.last

    def tell(self) -> None:
        """Tell what happened; a literal or a chain of filters has nothing to tell."""


class WatchedRead(Watched):
    """A field or variable."""

    __slots__ = ()

    def tell(self) -> None:
        """Tell what was read."""
        self.trace.note(Read(naming.said(self.inner), self.last))


class WatchedComparison(Watched):
    """A comparison, both sides of which are watched."""

    __slots__ = ()

    def tell(self) -> None:
        """Tell what was compared."""
        inner: Comparison = self.inner
        sides = (showing.literal(each.last) for each in (inner.left, inner.right))  # type: ignore[attr-defined]  # Watched
        values = f" {naming.sign(inner)} ".join(sides)
        self.trace.note(Compared(naming.said(inner), values, bool(self.last)))


class WatchedFilter(Step):
    """A filter, all arguments of which are watched."""

    __slots__ = ("trace",)

    def __init__(self, inner: Step, trace: Trace, watch: Callable[[Value], Value]) -> None:
        arguments = tuple(map(watch, inner.arguments))
        named = {name: watch(value) for name, value in inner.named.items()}
        super().__init__(inner.token, inner.function, arguments, named)
        self.trace = trace

    def apply(self, value: Any, context: Rendering) -> Any:
        """Give the filter's result, and tell of it."""
        result = super().apply(value, context)
        self.trace.note(Applied(naming.filtered(self), result, self.function is not None))
        return result


class Watchers:
    """Make watchers that tell one trace.

    Args:
        trace: Is told what happens.
        block: Follows the pieces of a content block that is a value.
    """

    def __init__(self, trace: Trace, block: Callable[[Block], Block]) -> None:
        self.trace = trace
        self.block = block

    def value(self, value: Any) -> Watched:
        """Watch a value and all values in it."""
        match value:
            case Variable() | FieldValue():
                value.keys = tuple(map(self.key, value.keys))
                return WatchedRead(value, self.trace)
            case Indirect():
                value.name = self.value(value.name)
                value.keys = tuple(map(self.key, value.keys))
                return WatchedRead(value, self.trace)
            case Comparison():
                value.left, value.right = self.value(value.left), self.value(value.right)
                return WatchedComparison(value, self.trace)
            case And() | Or():
                value.left, value.right = self.value(value.left), self.value(value.right)
            case Range():
                value.start, value.stop = self.value(value.start), self.value(value.stop)
            case Pipeline():
                value.left = self.value(value.left)
                value.steps = tuple(
                    WatchedFilter(step, self.trace, self.value) for step in value.steps
                )
            case BlockText():
                value.block = self.block(value.block)
        return Watched(value, self.trace)

    def key(self, key: Any) -> Any:
        """Watch a step of a path, or a piece of a tag's text, if it is a value."""
        return self.value(key) if hasattr(key, "evaluate") else key

    def maybe(self, value: Value | None) -> Watched | None:
        """Watch a value that may not be there."""
        return None if value is None else self.value(value)

    def text(self, said: TagText) -> None:
        """Watch the values in what a tag says."""
        for mixed in (*said.words, *said.options.values()):
            mixed.pieces = tuple(map(self.key, mixed.pieces))
