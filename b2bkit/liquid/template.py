"""`Template`: a text in Braze's Liquid, parsed once, rendered and previewed often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from liquid.exceptions import LiquidError, LiquidSyntaxError

from b2bkit.liquid.blocks import block_names
from b2bkit.liquid.context import Context
from b2bkit.liquid.environment import Tree, environment
from b2bkit.liquid.errors import Aborted, TemplateError
from b2bkit.liquid.fields import Field, fields_of
from b2bkit.liquid.places import Origin, Stretch
from b2bkit.liquid.rendering import Out, Rendering
from b2bkit.liquid.run import Limits, Run
from b2bkit.liquid.syntax import Rewritten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.findings import Finding
    from b2bkit.liquid.calls import Call

_NOTHING = Context()
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Preview:
    """Show what Braze would render, as far as that is known.

    Args:
        text: The rendered text; of an aborted message, as far as it came.
        aborted: The reason why Braze would not send it; `None` means that it would.
        findings: What only a run shows.
        calls: The Connected Content requests Braze would make, in order.
    """

    text: str
    aborted: str | None = None
    findings: tuple[Finding, ...] = ()
    calls: tuple[Call, ...] = ()


class Template:
    """A text in Braze's Liquid.

    A text that includes content blocks is parsed as soon as all of them are known: here, or at the
    first render with those of its context.

    Args:
        source: The text.
        content_blocks: Text of each content block, by name; they go before the context's.
        limits: How far a render may go.

    Raises:
        TemplateError: It does not parse.
    """

    def __init__(
        self,
        source: str,
        *,
        content_blocks: Mapping[str, str] | None = None,
        limits: Limits = _LIMITS,
    ) -> None:
        self.source = source
        self._blocks = dict(content_blocks or {})
        self._limits = limits
        self._includes = block_names(source)
        self._trees: dict[tuple[str | None, ...], Tree] = {}
        self._tree: Tree | None = None
        if all(name in self._blocks for name in self._includes):
            self._tree = self._parsed(self._blocks)

    def __repr__(self) -> str:
        return f"Template({self.source!r})"

    def render(self, context: Context | None = None) -> str:
        """Render the text as Braze would send it.

        Raises:
            Aborted: `{% abort_message %}` was reached.
            TemplateError: A content block does not parse, a value does not fit what is done with
                it (such as a division by zero), or a limit was reached.
        """
        context = _NOTHING if context is None else context
        tree = self._tree or self._resolved(context)
        out = Out()
        self._put(tree, out, context, Run(self._limits, now=context.moment))
        return "".join(out)

    def preview(self, context: Context | None = None) -> Preview:
        """Render the text, and add what only a run shows.

        A value that does not fit prints the error as stock Liquid does, and adds a finding.

        Raises:
            TemplateError: A content block does not parse, or a limit was reached.
        """
        context = _NOTHING if context is None else context
        tree = self._tree or self._resolved(context)
        out, run, aborted = Out(), Run(self._limits, now=context.moment, noting=True), None
        try:
            self._put(tree, out, context, run)
        except Aborted as stop:
            aborted = stop.reason
        return Preview("".join(out), aborted, tuple(run.findings or ()), tuple(run.calls))

    @property
    def fields(self) -> tuple[Field, ...]:
        """List the fields that the text reads, also in content blocks, each once, in order."""
        tree = self._tree or self._resolved(_NOTHING)
        return fields_of(tree)

    def _put(self, tree: Tree, out: Out, context: Context, run: Run) -> None:
        try:
            interrupt = tree.block.put(Rendering(context, run, environment(), tree.text), out)
            if interrupt is not None:
                raise LiquidSyntaxError(f"`{interrupt.value}` outside a loop", token=run.at)
            out.check(run)
        except LiquidError as error:
            _fail(error, tree.text.origin, run)
        if run.failed_retry is not None:
            raise Aborted(run.failed_retry)

    def _resolved(self, context: Context) -> Tree:
        blocks = {**(context.content_blocks or {}), **self._blocks}
        return self._parsed(blocks)

    def _parsed(self, blocks: Mapping[str, str]) -> Tree:
        key = tuple(blocks.get(name) for name in self._includes)
        if key not in self._trees:
            try:
                self._trees[key] = environment().tree(self.source, blocks)
            except LiquidError as error:
                _fail(error, Origin([Stretch(0, self.source, 0)]), None)
        return self._trees[key]


def _fail(error: LiquidError, origin: Origin, run: Run | None) -> NoReturn:
    """Raise what python-liquid raised as an error of ours, in the author's own text."""
    token = error.token or (run.at if run else None)
    if token is not None and isinstance(token.source, Rewritten):
        origin = token.source.origin
    place = origin.place(token.start_index if token is not None else 0)
    raise TemplateError(str(error.args[0] if error.args else error), place) from error
