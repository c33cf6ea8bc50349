"""`Template`: a text in Braze's Liquid, parsed once, rendered and previewed often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from liquid.exceptions import LiquidError, LiquidSyntaxError

from b2bkit.liquid.blocks import used_blocks
from b2bkit.liquid.context import Context
from b2bkit.liquid.environment import Tree, environment
from b2bkit.liquid.errors import Aborted, TemplateError
from b2bkit.liquid.fields import Field, fields_of
from b2bkit.liquid.limits import LimitReached, Limits
from b2bkit.liquid.messages import template_error
from b2bkit.liquid.places import whole
from b2bkit.liquid.rendering import Out, Rendering
from b2bkit.liquid.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.findings import Finding
    from b2bkit.liquid.calls import Call
    from b2bkit.liquid.explain import Explanation

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
        self._last: tuple[dict[str, str | None], Tree] | None = None
        used = used_blocks(source, self._blocks)
        self._tree = None if None in used.values() else self._parsed(used)

    def __repr__(self) -> str:
        return f"Template({self.source!r})"

    def render(self, context: Context | Mapping[str, Any] | None = None) -> str:
        """Render the text as Braze would send it.

        Raises:
            Aborted: `{% abort_message %}` was reached.
            TemplateError: A content block does not parse, a value does not fit what is done with
                it (such as a division by zero), or a limit was reached.
        """
        context = _read(context)
        out = Out()
        self._put(self._tree_for(context), out, context, Run(self._limits, now=context.moment))
        return "".join(out)

    def preview(self, context: Context | Mapping[str, Any] | None = None) -> Preview:
        """Render the text, and add what only a run shows.

        A value that does not fit prints the error as stock Liquid does, and adds a finding.

        Raises:
            TemplateError: A content block does not parse, or a limit was reached.
        """
        context = _read(context)
        out, run, aborted = Out(), Run(self._limits, now=context.moment, noting=True), None
        tree = self._tree_for(context)
        for name, place in tree.text.missing.items():
            run.note_missing_block(name, place)
        try:
            self._put(tree, out, context, run)
        except Aborted as stop:
            aborted = stop.reason
        run.note_nearness(out.characters)
        return Preview("".join(out), aborted, tuple(run.findings or ()), tuple(run.calls))

    def explain(self, context: Context | Mapping[str, Any] | None = None) -> Explanation:
        """Render the text and tell what happens, step by step, up to an abort or an error.

        Raises:
            TemplateError: It does not parse, or a content block does not.
        """
        from b2bkit.liquid.explain import Trace, follow

        context = _read(context)
        tree = self._parse(self._used(context))
        out, run = Out(), Run(self._limits, now=context.moment)
        trace = Trace(out)
        try:
            self._put(Tree(follow(tree.block, trace), tree.text), out, context, run)
        except Aborted as stop:
            return trace.explanation(aborted=stop.reason)
        except TemplateError as error:
            return trace.explanation(error=error.message)
        return trace.explanation()

    @property
    def fields(self) -> tuple[Field, ...]:
        """List the fields that the text reads, each once, in the order of their first mention.

        Content blocks that are not known are left out.

        Raises:
            TemplateError: The text does not parse without them.
        """
        return fields_of(self._tree_for(_NOTHING))

    def _put(self, tree: Tree, out: Out, context: Context, run: Run) -> None:
        rendering = Rendering(context, run, environment(self._limits), tree.text)
        try:
            interrupt = tree.block.put(rendering, out)
            if interrupt is not None:
                raise LiquidSyntaxError(f"`{interrupt.value}` outside a loop.", token=run.at)
            out.check(run)
        except LiquidError as error:
            raise template_error(error, tree.text.origin, run.at) from error
        except RecursionError as error:
            limit = LimitReached("nesting", self._limits.nesting)
            raise template_error(limit, tree.text.origin, run.at) from error
        if run.failed_retry is not None:
            raise Aborted(run.failed_retry)

    def _tree_for(self, context: Context) -> Tree:
        return self._parsed(self._used(context)) if self._tree is None else self._tree

    def _used(self, context: Context) -> dict[str, str | None]:
        return used_blocks(self.source, {**(context.content_blocks or {}), **self._blocks})

    def _parsed(self, used: dict[str, str | None]) -> Tree:
        """Parse the text with these content blocks; the last ones are remembered."""
        if self._last is None or self._last[0] != used:
            self._last = used, self._parse(used)
        return self._last[1]

    def _parse(self, used: dict[str, str | None]) -> Tree:
        blocks = {name: text for name, text in used.items() if text is not None}
        try:
            return environment(self._limits).tree(self.source, blocks)
        except LiquidError as error:
            raise template_error(error, whole(self.source)) from error


def _read(context: Context | Mapping[str, Any] | None) -> Context:
    """Take the keywords of a context in its place, too."""
    if isinstance(context, Context):
        return context
    return _NOTHING if context is None else Context(**context)
