"""What an explanation consists of: steps, and what was read, applied and tested in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from b2bkit.liquid.explain import showing

if TYPE_CHECKING:
    from b2bkit.frames import DataFrame


@dataclass(frozen=True, slots=True)
class Read:
    """A value that was read.

    Args:
        name: Where from, in Liquid: `custom_attribute.${visits}`, `item.name`.
        value: The value; `None` where there is none.
    """

    name: str
    value: Any

    @property
    def kind(self) -> str:
        """Name what it is: `number`, `text`, `list of objects`, ... or `nothing`."""
        return showing.kind(self.value)

    def __str__(self) -> str:
        return f"{self.name} is {showing.with_kind(self.value)}"


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter that was applied.

    Args:
        filter: It and its arguments, in Liquid: `plus: 1`.
        result: What it gave.
        known: Braze has this filter; of one it has not, the value passes through.
    """

    filter: str
    result: Any
    known: bool = True

    def __str__(self) -> str:
        if not self.known:
            return f"| {self.filter} is no filter of Braze's: nothing changes"
        return f"| {self.filter} gives {showing.with_kind(self.result)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison that was made.

    Args:
        text: It, in Liquid: `visits >= 3`.
        values: It with the values in place: `1 >= 3`.
        holds: Whether it holds.
    """

    text: str
    values: str
    holds: bool

    def __str__(self) -> str:
        shown = self.text if self.text == self.values else f"{self.text}: {self.values}"
        return f"{shown} is {'true' if self.holds else 'false'}"


Happening = Read | Applied | Compared


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened in a render.

    Args:
        kind: `text`, `output`, a tag's name, `round` of a loop, or `rounds` that are left out.
        text: The author's text.
        line: Line in the author's text, from 1; `None` for what stands nowhere.
        column: Column in that line, from 1.
        block: Name of the content block that line and column count in; `None` is the template.
        depth: How many blocks it stands in.
        happened: What was read, applied and tested, in order.
        outcome: What came of it, in words; blank where printing is all.
        printed: What it added to the rendered text.
    """

    kind: str
    text: str
    line: int | None
    column: int | None
    block: str | None
    depth: int
    happened: tuple[Happening, ...] = ()
    outcome: str = ""
    printed: str = ""

    @property
    def reads(self) -> tuple[Read, ...]:
        """List the values that were read."""
        return tuple(each for each in self.happened if isinstance(each, Read))

    @property
    def filters(self) -> tuple[Applied, ...]:
        """List the filters that were applied."""
        return tuple(each for each in self.happened if isinstance(each, Applied))

    @property
    def tests(self) -> tuple[Compared, ...]:
        """List the comparisons that were made."""
        return tuple(each for each in self.happened if isinstance(each, Compared))

    @property
    def place(self) -> str:
        """Name the line, and the content block where it is one's."""
        line = "" if self.line is None else f"line {self.line}"
        return line if self.block is None else f"{self.block}, {line}"


@dataclass(frozen=True)
class Explanation(Sequence[Step]):
    """A render step by step, up to its end, an abort or an error.

    Args:
        steps: What happened, in order; what they printed makes up `text`.
        text: The rendered text, as far as it came.
        aborted: The reason why Braze would not send it; `None` means that it would.
        error: What stopped the render, as a sentence; `None` where nothing did.
    """

    steps: tuple[Step, ...]
    text: str
    aborted: str | None = None
    error: str | None = None

    @overload
    def __getitem__(self, place: int) -> Step: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Step, ...]: ...
    def __getitem__(self, place: int | slice) -> Step | tuple[Step, ...]:
        """Give the step at a place, or several."""
        return self.steps[place]

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def ending(self) -> str:
        """Say how it ended, as a sentence."""
        if self.error is not None:
            return f"The render stops here: {self.error}"
        if self.aborted is not None:
            return f"Braze would not send this message: {self.aborted}"
        return "Rendered to the end."

    def frame(self) -> DataFrame:
        """Give the steps as a table, one row a step.

        Columns: `line, column, block, depth, kind, text, happened, outcome, printed`; `happened`
        is one text with a line for each thing.
        """
        from b2bkit.frames import frame

        return frame(showing.COLUMNS, (showing.row(step) for step in self.steps))

    def __str__(self) -> str:
        return showing.plain(self)

    def _repr_html_(self) -> str:
        return showing.html(self)
