"""What a person asks of a plan, checked as far as that goes without the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from b2bkit.braze.limits import TRACK_BULK_OBJECTS, TRACK_OBJECTS, TRACK_OBJECTS_LEGACY
from b2bkit.bulk.errors import PlanProblem
from b2bkit.bulk.types import CELL_TYPES, OPERATIONS

LEGACY_BATCH = 3 * TRACK_OBJECTS_LEGACY
"""The batch size that stands for legacy limits: 75 objects in each of three arrays."""


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what a plan is made with, the file aside; it goes through JSON and back.

    Args:
        id: Column of the identifier, with `:kind` where the name does not tell the kind.
        webhook: The webhook as TOML; `None` sends columns as attributes.
        rename: Column -> the attribute it becomes.
        drop: Columns that are left away.
        types: Column -> type.
        ops: Column -> what it does instead of setting.
        null: The text of a cell that means null.
        create: Whether profiles that do not exist are created.
        duplicates: `merge` or `keep`.
        batch: Objects in a request.
        only_changed: Path of the store of what was last accepted.
        now: The moment at which Liquid is rendered, ISO 8601; blank without a webhook.
    """

    id: str = "external_id"
    webhook: str | None = None
    rename: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    ops: Mapping[str, str] = field(default_factory=dict)
    null: str | None = None
    create: bool = False
    duplicates: str = "merge"
    batch: int = TRACK_OBJECTS
    only_changed: str | None = None
    now: str = ""

    def __post_init__(self) -> None:
        _check_words("types", self.types, CELL_TYPES)
        _check_words("ops", self.ops, OPERATIONS)
        if self.duplicates not in ("merge", "keep"):
            raise PlanProblem(f"duplicates is 'merge' or 'keep', not {self.duplicates!r}.")
        if type(self.batch) is not int or not 1 <= self.batch <= TRACK_BULK_OBJECTS:
            raise PlanProblem(
                f"batch is a number from 1 to {TRACK_BULK_OBJECTS:,}: up to {TRACK_OBJECTS} "
                f"objects go to /users/track, {LEGACY_BATCH} means legacy limits "
                f"({TRACK_OBJECTS_LEGACY} in each array), all others go to /users/track/bulk."
            )

    @property
    def is_legacy(self) -> bool:
        """Tell whether each array of a request has a limit of its own."""
        return self.batch == LEGACY_BATCH

    @property
    def is_bulk(self) -> bool:
        """Tell whether the requests go to `/users/track/bulk`."""
        return self.batch > TRACK_OBJECTS and not self.is_legacy

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON values."""
        values = {name: getattr(self, name) for name in self.__slots__}
        plain = {k: dict(v) if isinstance(v, Mapping) else v for k, v in values.items()}
        return {**plain, "drop": list(self.drop)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Options:
        """Take what `as_dict` gave."""
        return cls(**{**values, "drop": tuple(values["drop"])})


def _check_words(option: str, chosen: Mapping[str, str], words: tuple[str, ...]) -> None:
    for column, word in chosen.items():
        if word not in words:
            raise PlanProblem(
                f"{option}: {column} cannot be {word!r}; choose one of {', '.join(words)}."
            )
