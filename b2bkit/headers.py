"""HTTP headers as a value: in order, spelled as given, found whatever their case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


class Headers(Mapping[str, str]):
    """Hold headers unchangeably. Order and spelling are kept; look-up ignores case.

    Of two headers that differ only in case, the later value joins the earlier one after a comma,
    as HTTP reads repeated headers.
    """

    __slots__ = ("_items",)

    def __init__(self, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        items: dict[str, tuple[str, str]] = {}
        for name, value in pairs:
            first, before = items.get(name.lower(), (name, ""))
            items[name.lower()] = (first, f"{before}, {value}" if before else value)
        self._items = items

    def __getitem__(self, name: str) -> str:
        return self._items[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._items

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return f"Headers({', '.join(self)})"

    def replace(self, name: str, value: str) -> Headers:
        """Give the same headers with one value changed, in its old place, or added at the end."""
        spelled = self._items.get(name.lower(), (name, ""))[0]
        return Headers({**self, spelled: value})
