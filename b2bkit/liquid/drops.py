"""What a template can ask about the loop it is in: `forloop` and `tablerowloop`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar


class _Loop(Mapping[str, Any]):
    """A loop's place, worked out when it is asked for.

    Args:
        length: How many rounds there are.
    """

    _words: ClassVar[dict[str, Callable[[Any], Any]]]

    def __init__(self, length: int) -> None:
        self.length = length
        self.index0 = 0

    def __getitem__(self, word: str) -> Any:
        return self._words[word](self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


_ANY_LOOP: dict[str, Callable[[Any], Any]] = {
    "length": lambda loop: loop.length,
    "index": lambda loop: loop.index0 + 1,
    "index0": lambda loop: loop.index0,
    "rindex": lambda loop: loop.length - loop.index0,
    "rindex0": lambda loop: loop.length - loop.index0 - 1,
    "first": lambda loop: loop.index0 == 0,
    "last": lambda loop: loop.index0 == loop.length - 1,
}


class ForLoop(_Loop):
    """`forloop`.

    Args:
        name: The loop's variable and collection, as in `item-items`.
        length: How many rounds there are.
        parent: `forloop` of the loop around it, else `None`.
    """

    _words: ClassVar[dict[str, Callable[[Any], Any]]] = {
        **_ANY_LOOP,
        "name": lambda loop: loop.name,
        "parentloop": lambda loop: loop.parent,
    }

    def __init__(self, name: str, length: int, parent: ForLoop | None) -> None:
        super().__init__(length)
        self.name = name
        self.parent = parent

    def __str__(self) -> str:
        return "Liquid::ForloopDrop"


class TableRowLoop(_Loop):
    """`tablerowloop`.

    Args:
        length: How many cells there are.
        columns: How many stand in a row; 0 is all, and then no cell is the last of its row.
    """

    _words: ClassVar[dict[str, Callable[[Any], Any]]] = {
        **_ANY_LOOP,
        "col": lambda loop: loop.index0 % loop.columns + 1,
        "col0": lambda loop: loop.index0 % loop.columns,
        "col_first": lambda loop: loop.index0 % loop.columns == 0,
        "col_last": lambda loop: (loop.index0 + 1) % loop.columns == 0,
        "row": lambda loop: loop.index0 // loop.columns + 1,
    }

    def __init__(self, length: int, columns: int) -> None:
        super().__init__(length)
        self.columns = columns if columns > 0 else length + 1

    def __str__(self) -> str:
        return "Liquid::TablerowloopDrop"
