"""Pieces, blocks and conditions that tell a `Trace` when they are put or asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.liquid.compare import equal, truthy
from b2bkit.liquid.explain import naming, showing
from b2bkit.liquid.explain.steps import Compared, Read
from b2bkit.liquid.explain.trace import Loop
from b2bkit.liquid.explain.watching import Watched
from b2bkit.liquid.pieces import Block, Piece
from b2bkit.liquid.tags.variables import AssignPiece

if TYPE_CHECKING:
    from b2bkit.liquid.calls import Call
    from b2bkit.liquid.explain.trace import Trace
    from b2bkit.liquid.markups import Markup
    from b2bkit.liquid.pieces import Interrupt
    from b2bkit.liquid.rendering import Out, Rendering


class Told(Piece):
    """A piece that is a step."""

    __slots__ = ("inner", "trace")

    def __init__(self, inner: Any, trace: Trace) -> None:
        super().__init__(inner.token)
        self.inner = inner
        self.trace = trace
        self.blank = inner.blank

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the piece, and tell what came of it."""
        draft = self.trace.begin(self.token)
        interrupt: Interrupt | None = self.inner.put(context, out)
        draft.outcome = self.outcome(context)
        self.trace.end(draft)
        return interrupt

    def outcome(self, context: Rendering) -> str:  # noqa: ARG002 - for those that have one
        """Say what came of it, in words."""
        return ""


class Plain(Told):
    """Plain text; it stands where its first character stands that is no blank."""

    __slots__ = ()

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the text."""
        text = self.inner.text
        blanks = len(text) - len(text.lstrip()) if text.strip() else 0
        draft = self.trace.begin(self.token._replace(start_index=self.token.start_index + blanks))
        draft.text = text
        self.inner.put(context, out)
        self.trace.end(draft)
        return None


class Leaf(Told):
    """A piece that holds no others."""

    __slots__ = ("before", "calls")

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the piece, and tell what it set and asked for."""
        self.before, self.calls = dict(context.locals), len(context.run.calls)
        return super().put(context, out)

    def outcome(self, context: Rendering) -> str:
        """Say what it set, and what Braze would have called."""
        now = context.locals
        names = [
            name for name in now if name not in self.before or now[name] is not self.before[name]
        ]
        if isinstance(self.inner, AssignPiece):
            names = [self.inner.name]
        calls = [f"{it.method} {it.url}: {_answer(it)}" for it in context.run.calls[self.calls :]]
        return "; ".join([*calls, *(_variable(name, context) for name in names)])


def _answer(call: Call) -> str:
    return "no answer given" if call.status is None else f"answered {call.status}"


def _variable(name: str, context: Rendering) -> str:
    return f"{name} is {showing.with_kind(context.locals.get(name))}"


class Capture(Told):
    """A `capture`."""

    __slots__ = ()

    def outcome(self, context: Rendering) -> str:
        """Say what it set."""
        return _variable(self.inner.name, context)


class Case(Told):
    """A `case`, the blocks of which tell of themselves."""

    __slots__ = ("drafts",)

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the piece."""
        self.drafts = len(self.trace.drafts) + 1
        return super().put(context, out)

    def outcome(self, context: Rendering) -> str:  # noqa: ARG002 - a step's signature
        """Say so if no block was put."""
        return "" if len(self.trace.drafts) > self.drafts else "no `when` fits"


class Looping(Told):
    """A `for` or `tablerow`, the rounds of which tell of themselves."""

    __slots__ = ()

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the rounds."""
        self.trace.loops.append(Loop(self.inner.rounds.name))
        interrupt = super().put(context, out)
        self.trace.loops.pop()
        return interrupt

    def outcome(self, context: Rendering) -> str:  # noqa: ARG002 - a step's signature
        """Say how many rounds there were, of how many."""
        loop = self.trace.loops[-1]
        if not loop.rounds:
            return "nothing to go through"
        rounds = f"{loop.rounds:,} {'round' if loop.rounds == 1 else 'rounds'}"
        return rounds if loop.rounds == loop.length else f"{rounds} of {loop.length:,}"


class Condition(Watched):
    """A condition that decides on a block."""

    __slots__ = ("negated", "tag")

    def __init__(self, inner: Watched, trace: Trace, tag: Markup | None, negated: bool) -> None:
        super().__init__(inner, trace)
        self.tag = tag
        self.negated = negated

    def evaluate(self, context: Rendering) -> Any:
        """Give the value; tell whether its block is put."""
        draft = self.trace.begin(markup=self.tag)
        value = super().evaluate(context)
        holds = truthy(value)
        said = "true" if holds else "not true" if self.negated else "false"
        draft.outcome = f"{said}: goes {'in' if holds is not self.negated else 'past'}"
        self.trace.end(draft)
        return value


class Choice(Watched):
    """A choice of a `when`."""

    __slots__ = ("subject",)

    def __init__(self, inner: Watched, trace: Trace, subject: Watched) -> None:
        super().__init__(inner, trace)
        self.subject = subject

    def tell(self) -> None:
        """Tell whether it is what the `case` is about."""
        text = f"{naming.said(self.subject)} == {naming.said(self.inner)}"
        values = f"{showing.literal(self.subject.last)} == {showing.literal(self.last)}"
        self.trace.note(Compared(text, values, equal(self.subject.last, self.last)))


class Inside(Block):
    """A block that belongs to a tag; an `else` or `when` is a step of its own."""

    __slots__ = ("tag", "trace")

    def __init__(self, block: Block, trace: Trace, tag: Markup | None = None) -> None:
        super().__init__(block.pieces, blank=block.blank)
        self.trace = trace
        self.tag = tag

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put the block, one deeper."""
        if self.tag is not None:
            draft = self.trace.begin(markup=self.tag)
            draft.outcome = "goes in"
            self.trace.end(draft)
        with self.trace.inside():
            return super().put(context, out)


class Round(Block):
    """What a loop puts in each round."""

    __slots__ = ("trace",)

    def __init__(self, block: Block, trace: Trace) -> None:
        super().__init__(block.pieces, blank=block.blank)
        self.trace = trace

    def put(self, context: Rendering, out: Out) -> Interrupt | None:
        """Put a round, one deeper than its heading."""
        layer = context.layers[-1]
        loop = layer["forloop"] if "forloop" in layer else layer["tablerowloop"]
        with self.trace.inside():
            self.trace.round(loop.index0, loop.length)
            draft = self.trace.begin(kind="round")
            draft.outcome = f"round {loop.index0 + 1} of {loop.length}"
            name = self.trace.loops[-1].name
            self.trace.note(Read(name, layer[name]))
            self.trace.end(draft)
            with self.trace.inside():
                return super().put(context, out)
