"""Read a table of TOML key by key, so that every complaint says which file, campaign and step.

What the keys mean is in `reading`.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from b2bkit.campaigns.errors import CampaignError
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")
_MISSING: Any = object()
_WORDS: dict[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    dict: "a table",
    list: "a list",
}
_UNITS = ("weeks", "days", "hours", "minutes", "seconds")


class Part:
    """Hold one table, and where it stands; every key is taken once, and none may be left over.

    Args:
        table: The table.
        place: Where it stands, in words: `flows.toml, campaign "Count"`.
        folder: The folder from which paths in it count.
    """

    def __init__(self, table: Any, place: str, folder: Path) -> None:
        self.place = place
        self.folder = folder
        if not isinstance(table, dict):
            raise self.error(f"this must be a table, not {table!r}.")
        self._left: dict[str, Any] = dict(table)
        self._known: list[str] = []

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        return key in self._left

    def take(self, key: str, kind: type[T], default: T = _MISSING) -> T:
        """Take a value of a kind.

        Raises:
            CampaignError: If it is missing and has no default, or is of another kind.
        """
        self._known.append(key)
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise self.error(f"{key!r} is missing; it must be {_WORDS[kind]}.")
        if value is default or (isinstance(value, kind) and type(value) is kind):
            return value
        raise self.error(f"{key!r} must be {_WORDS[kind]}, not {value!r}.")

    def anything(self, key: str, default: Any = None) -> Any:
        """Take a value of any kind."""
        self._known.append(key)
        return self._left.pop(key, default)

    def choice(self, key: str, choices: Mapping[str, T], default: str | None = None) -> T:
        """Take a text that is one of a few, in any case, and give what it stands for."""
        text = self.take(key, str) if default is None else self.take(key, str, default)
        if text.strip().lower() in choices:
            return choices[text.strip().lower()]
        raise self.error(f"unknown {key} {text!r}. {_did_you_mean(text, choices)}")

    def span(self, key: str, default: timedelta = _MISSING) -> timedelta:
        """Take a span of time, written `{ days = 1, hours = 12 }`."""
        if default is not _MISSING and not self.has(key):
            self._known.append(key)
            return default
        part = self.part(key)
        amounts = {unit: part.anything(unit, 0) for unit in _UNITS}
        part.end()
        if not all(isinstance(n, int | float) for n in amounts.values()) or not any(
            amounts.values()
        ):
            raise part.error("this must be a span of time such as { days = 3 }.")
        return timedelta(**amounts)

    def parts(self, key: str, what: str) -> list[Part]:
        """Take a list of tables; in complaints each is called by its number."""
        tables = self.take(key, list, [])
        return [self.inside(each, f"{what} {n}") for n, each in enumerate(tables, 1)]

    def part(self, key: str) -> Part:
        """Take a table."""
        return self.inside(self.take(key, dict), key)

    def inside(self, table: Any, name: str) -> Part:
        """Hold a table within this one; `name` is what complaints call it."""
        return Part(table, f"{self.place}, {name}", self.folder)

    def end(self) -> None:
        """Raise `CampaignError` if a key is left over."""
        for key in self._left:
            raise self.error(f"{key!r} is not known here. {_did_you_mean(key, self._known)}")

    def error(self, text: str) -> CampaignError:
        """Make an error that begins with the place."""
        return CampaignError(f"{self.place}: {text}")

    @contextmanager
    def making(self) -> Iterator[None]:
        """Name the place in whatever is wrong with the value that is being made here."""
        try:
            yield
        except B2bkitError as error:
            if str(error).startswith(self.place):
                raise
            raise self.error(str(error)) from error


def _did_you_mean(text: str, choices: Iterable[str]) -> str:
    known = list(dict.fromkeys(choices))
    near = get_close_matches(text, known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return f"{hint}There is: {', '.join(known)}."
