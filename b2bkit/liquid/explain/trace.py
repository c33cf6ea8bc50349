"""Takes down what happens in a render, step after step, as it is told. Watches nothing itself."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from b2bkit.liquid.explain.steps import Explanation, Step
from b2bkit.liquid.markups import markups
from b2bkit.liquid.syntax import Rewritten
from b2bkit.liquid.tags.supported import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from liquid import Token

    from b2bkit.liquid.explain.steps import Happening
    from b2bkit.liquid.markups import Markup
    from b2bkit.liquid.places import Place
    from b2bkit.liquid.rendering import Out

ALL_ROUNDS = 5
"""A loop of so many rounds is taken down whole."""

FIRST_ROUNDS = 3
"""Of a longer loop, these and the last round are."""


@dataclass(eq=False)
class Draft:
    """A step that is still going on."""

    kind: str
    text: str = ""
    place: Place | None = None
    depth: int = 0
    happened: list[Happening] = field(default_factory=list)
    outcome: str = ""
    printed: str = ""

    def step(self) -> Step:
        """Give it as it ended."""
        place = self.place
        line, column, block = (place.line, place.column, place.block) if place else (None,) * 3
        return Step(
            self.kind,
            self.text,
            line,
            column,
            block,
            self.depth,
            tuple(self.happened),
            self.outcome,
            self.printed,
        )


@dataclass
class Loop:
    """A loop that is going on.

    Args:
        name: Its variable.
        mark: How many drafts there were before the last round that may be left out.
        left_out: The draft that stands for the rounds that were.
        count: How many those are.
        rounds: How many rounds began.
        length: How many there are to be.
    """

    name: str
    mark: int | None = None
    left_out: Draft | None = None
    count: int = 0
    rounds: int = 0
    length: int = 0


class Trace:
    """The steps of one render so far.

    Args:
        out: Where the rendered text gathers.
    """

    def __init__(self, out: Out) -> None:
        self.out = out
        self.drafts: list[Draft] = []
        self.loops: list[Loop] = []
        self._open: list[Draft] = []
        self._printed = 0
        self._depth = 0
        self._sheets: dict[int, Sheet] = {}

    def begin(
        self, token: Token | None = None, *, markup: Markup | None = None, kind: str = "text"
    ) -> Draft:
        """Begin a step.

        Args:
            token: Where the piece stands that it is about.
            markup: The output or tag, where that is known already; it gives the kind.
            kind: The kind of what is neither an output nor a tag.
        """
        self._text_between()
        place = None
        if token is not None and isinstance(token.source, Rewritten):
            markup = markup or self.sheet(token).markup(token)
            place = token.source.origin.place(token.start_index)
        draft = Draft(kind, place=place, depth=self._depth)
        if markup is not None:
            draft.kind, draft.text, draft.place = markup.name or "output", markup.text, markup.place
        self.drafts.append(draft)
        self._open.append(draft)
        return draft

    def _text_between(self) -> None:
        """Take down what was printed between steps, as `tablerow` does."""
        if text := self._new_text():
            self.drafts.append(Draft("text", text, depth=self._depth, printed=text))

    def end(self, draft: Draft) -> None:
        """End a step; what a piece prints around those it holds is text."""
        if self.drafts[-1] is draft:
            draft.printed = self._new_text()
        self._text_between()
        self._open.pop()

    def note(self, happening: Happening) -> None:
        """Add what was read, applied or compared to the step going on."""
        if self._open:
            self._open[-1].happened.append(happening)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Go into a block, and come out of it."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def round(self, index: int, length: int) -> None:
        """Say that a round begins: the one before is left out if it is one too many."""
        self._text_between()
        loop = self.loops[-1]
        loop.rounds, loop.length = loop.rounds + 1, length
        if length <= ALL_ROUNDS or index < FIRST_ROUNDS:
            return
        if loop.mark is None:
            loop.mark = len(self.drafts)
        else:
            self._leave_out(loop, loop.mark)

    def _leave_out(self, loop: Loop, mark: int) -> None:
        dropped = self.drafts[mark:]
        del self.drafts[mark:]
        if loop.left_out is None:
            loop.left_out = Draft("rounds", depth=self._depth)
            self.drafts.append(loop.left_out)
            loop.mark = mark + 1
        loop.count += 1
        word = "round" if loop.count == 1 else "rounds"
        loop.left_out.outcome = f"{loop.count:,} more {word}"
        loop.left_out.printed += "".join(draft.printed for draft in dropped)

    def sheet(self, token: Token) -> Sheet:
        """Give the text a token stands in, with its outputs and tags."""
        key = id(token.source)
        if key not in self._sheets:
            self._sheets[key] = Sheet(token.source)
        return self._sheets[key]

    def _new_text(self) -> str:
        new = "".join(self.out[self._printed :])
        self._printed = len(self.out)
        return new

    def explanation(self, *, aborted: str | None = None, error: str | None = None) -> Explanation:
        """Give what was taken down; a step that did not come to its end says so."""
        self._text_between()
        for draft in self._open[-1:]:
            draft.outcome = "fails" if error else "aborts"
        steps = tuple(draft.step() for draft in self.drafts)
        return Explanation(steps, "".join(self.out), aborted, error)


class Sheet:
    """The outputs and tags of one text, found by their tokens.

    Args:
        text: The text; one that was not written by the author has none.
    """

    def __init__(self, text: str) -> None:
        found = list(markups(text)) if isinstance(text, Rewritten) else []
        self.text = text
        self._by_offset = {markup.at: markup for markup in found}
        self._parts = _families(found)

    def markup(self, token: Token) -> Markup | None:
        """Give the output or tag whose token this is."""
        return self._by_offset.get(token.start_index)

    def parts(self, token: Token) -> list[Markup]:
        """List the `elsif`, `else` and `when` that belong to the tag whose token this is."""
        return self._parts.get(token.start_index, [])


def _families(found: list[Markup]) -> dict[int, list[Markup]]:
    """Find the tags that belong to each block tag, by the offset of its name."""
    families: dict[int, list[Markup]] = {}
    around: list[Markup] = []
    for markup in found:
        info = SUPPORTED.get(markup.name)
        if info and info.ends:
            around.append(markup)
            families[markup.at] = []
        elif around and markup.name == SUPPORTED[around[-1].name].ends:
            around.pop()
        elif around and markup.name in SUPPORTED[around[-1].name].inside:
            families[around[-1].at].append(markup)
    return families
