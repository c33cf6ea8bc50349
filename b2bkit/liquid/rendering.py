"""The state of a render: the names in scope, the text so far, and the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.run import LimitReached

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liquid import Token
    from liquid.exceptions import LiquidError

    from b2bkit.liquid.context import Context
    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.run import Run
    from b2bkit.liquid.syntax import Rewritten


class Out(list[str]):
    """The pieces of the text rendered so far."""

    counted = 0
    characters = 0

    def check(self, run: Run) -> None:
        """Measure what was added since the last time.

        Raises:
            LimitReached: There is more text than `limits.output_chars`.
        """
        self.characters += sum(map(len, self[self.counted :]))
        self.counted = len(self)
        if self.characters > run.limits.output_chars:
            raise LimitReached("output_chars", run.limits.output_chars)

    def text(self, run: Run) -> str:
        """Join the pieces."""
        self.check(run)
        return "".join(self)


class Rendering:
    """Hold what a render reads and writes besides its text.

    Args:
        context: The values it is rendered with.
        run: Its clock, limits and findings.
        env: Parses what is found only while rendering.
        text: The text that is rendered.

    Attributes:
        locals: What `assign` and `capture` set.
        layers: Names of the loops around, the innermost last.
        memory: State of tags between renders of them, such as `cycle`, by tag and key.
        namespaces: What `${}` reads.
        rerendering: The text at hand came with an answer or a catalog item.
    """

    __slots__ = (
        "_held",
        "context",
        "env",
        "globals",
        "layers",
        "locals",
        "memory",
        "namespaces",
        "rerendering",
        "run",
        "text",
    )

    def __init__(self, context: Context, run: Run, env: BrazeEnvironment, text: Rewritten) -> None:
        self.context = context
        self.run = run
        self.env = env
        self.text = text
        self.rerendering = False
        self.namespaces: Mapping[str, Mapping[str, Any]] = context.namespaces
        self.globals = context.globals
        self.locals: dict[str, Any] = {}
        self.layers: list[dict[str, Any]] = []
        self.memory: dict[tuple[str, object], Any] = {}
        self._held = 0

    def root(self, name: str) -> Any:
        """Give a plain name's value: of a loop, a local, a variable given, a counter; else nil."""
        for layer in reversed(self.layers):
            if name in layer:
                return layer[name]
        if name in self.locals:
            return self.locals[name]
        if name in self.globals:
            return self.globals[name]
        return self.memory.get(("counter", name))

    def assign(self, name: str, value: Any) -> None:
        """Set a local variable; inside a loop it stays after the loop.

        Raises:
            LimitReached: All locals together hold more than `limits.namespace`.
        """
        self._held += _weight(value) - _weight(self.locals.get(name))
        if self._held > self.run.limits.namespace:
            raise LimitReached("namespace", self.run.limits.namespace)
        self.locals[name] = value

    def failed(self, error: LiquidError, token: Token, out: Out, *, silent: bool = False) -> None:
        """Print a fault into the text as stock Ruby Liquid does, and record it.

        A tag that never prints more than blanks is `silent`: its fault leaves no text.

        Raises:
            LiquidError: It is not a fault, or the render does not record findings.
        """
        error.token = error.token or token
        if not isinstance(error, Fault) or self.run.findings is None:
            raise error
        self.run.at = error.token
        self.run.note(
            "runtime-error",
            "error",
            f"This fails with `{error.said}`. Stock Liquid"
            f" {'goes on without a word' if silent else 'prints the error into the text'};"
            " what Braze does is not documented.",
            error.remedy,
            RUBY_LIQUID,
        )
        if not silent:
            out.append(f"Liquid error: {error.said}")


def _weight(value: Any) -> int:
    return len(value) if isinstance(value, str | list | dict) else 1
