"""What a template's use of a value says about it: its kind, its choices, what is inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from b2bkit.liquid.compare import Emptiness

if TYPE_CHECKING:
    from b2bkit.liquid.namespaces import Kind

Hint = Literal["text", "number", "boolean", "date", "list", "tested"]

STRONGEST: tuple[Kind, ...] = ("date", "boolean", "text", "number", "list")
"""Where uses disagree, the first of these counts: a text that is compared as one is text."""


HINTS: dict[str, Hint] = {
    **dict.fromkeys(
        ("plus", "minus", "times", "divided_by", "modulo", "abs", "ceil", "floor", "round"),
        "number",
    ),
    **dict.fromkeys(("at_least", "at_most", "money", "number_with_delimiter"), "number"),
    **dict.fromkeys(("date", "time_zone"), "date"),
}
"""What a filter takes its value for."""

LISTS = frozenset({"join", "first", "last", "sort", "sort_natural", "reverse", "uniq", "compact"})
LISTS_BY_KEY = frozenset({"map", "where", "sort", "sort_natural"})
SAME = frozenset(
    {"default", "downcase", "upcase", "strip", "capitalize", "sort", "sort_natural", "reverse"}
    | {"uniq", "compact", "concat", "where", "slice"}
)
"""Filters whose result still says what the value was."""


class Shape:
    """Gather what is known of one value.

    Attributes:
        hints: What its uses suggest; `tested` is a bare `{% if value %}`.
        choices: The literals it is compared with, in order.
        fields: What is read of it by name.
        item: What is read of its items; `None` where nothing is.
    """

    __slots__ = ("choices", "fields", "hints", "item")

    def __init__(self) -> None:
        self.hints: set[Hint] = set()
        self.choices: dict[tuple[type, object], None] = {}
        self.fields: dict[str, Shape] = {}
        self.item: Shape | None = None

    def field(self, name: str) -> Shape:
        """Give what it holds under a name."""
        return self.fields.setdefault(name, Shape())

    def items(self) -> Shape:
        """Give what its items are like; it is a list, then."""
        self.item = self.item or Shape()
        return self.item

    def compared(self, literal: object) -> None:
        """Note a literal it is compared with; nil, `blank` and `empty` say nothing."""
        if isinstance(literal, bool):
            self.hints.add("boolean")
        elif isinstance(literal, int | float):
            self.hints.add("number")
            self.choices[type(literal), literal] = None
        elif isinstance(literal, str) and not isinstance(literal, Emptiness) and literal:
            self.hints.add("text")
            self.choices[str, literal] = None

    def kind(self) -> Kind:
        """Guess what it holds; text where nothing is known."""
        if self.item is not None:
            return "list of objects" if self.item.fields else "list"
        if self.fields:
            return "object"
        if self.hints == {"tested"}:
            return "boolean"
        return next((kind for kind in STRONGEST if kind in self.hints), "text")

    def literals(self) -> tuple[object, ...]:
        """List its choices: of a list, those of its items; none of a date."""
        if self.item is not None and not self.item.fields:
            return self.item.literals()
        fitting = {"number": (int, float), "text": (str,)}.get(self.kind(), ())
        return tuple(literal for kind, literal in self.choices if kind in fitting)

    def inside(self) -> dict[str, Shape]:
        """Give what it, or each of its items, holds by name."""
        return self.fields if self.item is None else self.item.fields
