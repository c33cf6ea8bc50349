"""Which column of the file is what: the identifier, an attribute, or nothing.

Whether a row is turned into an object by its columns or by a webhook, the same names, renamings and
types hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, cast

from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.bulk.errors import PlanProblem
from b2bkit.profiles import Drop, rule_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from b2bkit.bulk.options import Options
    from b2bkit.bulk.types import CellType, Operation

IdKind = Literal["external_id", "user_alias", "braze_id", "email", "phone"]
ID_KINDS: dict[str, IdKind] = {
    "external_id": "external_id",
    "alias": "user_alias",
    "user_alias": "user_alias",
    "braze_id": "braze_id",
    "email": "email",
    "phone": "phone",
}
"""What may stand after the colon of `id` -> the kind of identifier."""

MERGE = "_merge_objects"
"""The one control key that a column may set."""

LABEL_COLUMNS = ("alias_label", "user_alias_label")
_NAME_COLUMNS = ("alias_name", "user_alias_name")

_JSON_KINDS = frozenset({"location", "push tokens", "subscription groups", "social profile"})


@dataclass(frozen=True, slots=True)
class IdColumn:
    """Say where the identifier stands.

    Args:
        place: Its column.
        kind: What kind of identifier it is.
        label: Of an alias, the column of its label.
        label_text: Of an alias without such a column, its label.
    """

    place: int
    kind: IdKind
    label: int | None = None
    label_text: str = ""

    @property
    def places(self) -> tuple[int, ...]:
        """Give all columns that are part of it."""
        return (self.place,) if self.label is None else (self.place, self.label)


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column that is used.

    Args:
        name: Its name in the file.
        place: Its place there, from 0.
        target: The attribute that it becomes; in webhooks, the field.
        type: Its type, where a person, Braze or the file itself has decided it.
        decided_by: Who: `you`, `Braze`, `the file`; blank while it is open.
        op: What it does instead of setting.
    """

    name: str
    place: int
    target: str
    type: CellType | None = None
    decided_by: str = ""
    op: Operation | None = None


def find_id(names: Sequence[str], option: str) -> IdColumn:
    """Find the column of the identifier.

    Raises:
        PlanProblem: If there is none, or its kind cannot be told.
    """
    column, kind, label = _parts(names, option)
    if column not in names and kind == "user_alias":
        column = next((it for it in _NAME_COLUMNS if it in names), column)
    if column not in names:
        raise PlanProblem(f"id: {missing(column, names)}")
    place = list(names).index(column)
    if kind != "user_alias":
        return IdColumn(place, kind)
    if label:
        return IdColumn(place, kind, label_text=label)
    found = next((it for it in LABEL_COLUMNS if it in names), None)
    if found is None:
        raise PlanProblem(
            f"id: an alias needs a label. Give one for all rows, as in {column}:alias:my_label, or "
            "add a column alias_label."
        )
    return IdColumn(place, kind, label=list(names).index(found))


def find_columns(names: Sequence[str], options: Options) -> tuple[Column, ...]:
    """Say of each column that is not dropped what it becomes.

    Raises:
        PlanProblem: If an option names a column that is not there, or two become the same.
    """
    _check_known("rename", options.rename, names)
    _check_known("drop", options.drop, names)
    targets = {name: options.rename.get(name, name).strip() for name in names}
    _check_known("types", options.types, [*names, *targets.values()])
    _check_known("ops", options.ops, [*names, *targets.values()])
    columns = tuple(
        Column(
            name,
            place,
            target,
            type=cast("CellType | None", options.types.get(name, options.types.get(target))),
            op=cast("Operation | None", options.ops.get(name, options.ops.get(target))),
        )
        for place, (name, target) in enumerate(targets.items())
        if name not in options.drop
    )
    _check_targets(columns)
    return columns


def attribute_type(column: Column) -> CellType | None:
    """Give the type that Braze's own field of this name has; `None` for custom attributes."""
    field = RESERVED_FIELDS.get(column.target)
    if field is None:
        return "boolean" if column.target == MERGE else None
    if field.kind == "boolean":
        return "boolean"
    if field.kind in {"date", "day"}:
        return "date"
    return "json" if field.kind in _JSON_KINDS else "text"


def check_attribute(column: Column, identifier: IdColumn) -> None:
    """Raise `PlanProblem` for a column that cannot be set as an attribute."""
    if column.target == MERGE:
        return
    if column.target in CONTROL_KEYS or column.target in {"alias_name", "alias_label"}:
        raise PlanProblem(
            f"The column {column.name} cannot be an attribute: {column.target} names the user or "
            "steers the request. Drop the column, rename it, or name it as id."
        )
    if column.target == identifier.kind:
        raise PlanProblem(
            f"The column {column.name} would set {column.target} a second time, beside the "
            "identifier. Drop it or rename it."
        )
    never = None if column.target in RESERVED_FIELDS else rule_for(column.target, "boolean")
    problem = never(True) if never else None
    if isinstance(problem, Drop):
        raise PlanProblem(f"The column {column.name} cannot be an attribute: {problem.reason}.")
    if column.op and column.target in RESERVED_FIELDS:
        raise PlanProblem(
            f"ops: {column.target} is a field of Braze's own, which can only be set; "
            f"{column.op} works on custom attributes."
        )


def decide(column: Column, identifier: IdColumn, declared: Mapping[str, CellType]) -> Column:
    """Note who has decided a column's type, if anybody has.

    Raises:
        PlanProblem: If it is a field of Braze's own and the person wants another type.
    """
    if column.place in identifier.places:
        return replace(column, type="text", decided_by="Braze")
    fixed = attribute_type(column)
    if fixed is not None and column.type not in {None, fixed}:
        raise PlanProblem(
            f"types: {column.target} is a field of Braze's own; it is of type {fixed}."
        )
    if fixed is not None:
        return replace(column, type=fixed, decided_by="Braze")
    if column.type is not None:
        return replace(column, decided_by="you")
    found = declared.get(column.name)
    return column if found is None else replace(column, type=found, decided_by="the file")


def missing(column: str, names: Iterable[str]) -> str:
    """Say that a column is not there, and which one may have been meant."""
    names = list(names)
    close = get_close_matches(column, names, 1, 0.6)
    hint = f" Did you mean {close[0]}?" if close else f" There are {', '.join(names)}."
    return f"the file has no column {column}.{hint}"


def _parts(names: Sequence[str], option: str) -> tuple[str, IdKind, str]:
    if option in names:
        return option, ID_KINDS.get(option, "external_id"), ""
    if option in ID_KINDS and ID_KINDS[option] == "user_alias":
        return option, "user_alias", ""
    column, colon, kind = option.rpartition(":")
    if colon and kind in ID_KINDS:
        return column, ID_KINDS[kind], ""
    column, alias, label = option.rpartition(":alias:")
    if alias and label:
        return column, "user_alias", label
    column, colon, kind = option.partition(":")
    if colon and column in names:
        raise PlanProblem(
            f"id: {kind!r} is no kind of identifier; choose one of external_id, alias, braze_id, "
            "email, phone."
        )
    return option, ID_KINDS.get(option, "external_id"), ""


def _check_known(
    option: str, asked: Mapping[str, str] | Iterable[str], names: Sequence[str]
) -> None:
    for name in asked:
        if name not in names:
            raise PlanProblem(f"{option}: {missing(name, names)}")


def _check_targets(columns: Sequence[Column]) -> None:
    seen: dict[str, str] = {}
    for column in columns:
        if not column.target:
            raise PlanProblem(f"rename: {column.name} needs a name that is not blank.")
        if column.target in seen:
            raise PlanProblem(
                f"The columns {seen[column.target]} and {column.name} would both become "
                f"{column.target}. Drop or rename one of them."
            )
        seen[column.target] = column.name
