"""Read the files of the library, and make use cases of them."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from b2bkit.liquid import Context
from b2bkit.use_cases.errors import UseCaseError
from b2bkit.use_cases.model import NameField, UseCase, UseCaseWebhook
from b2bkit.use_cases.names import checked_name, filled, renamed
from b2bkit.webhook import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

VARIANTS = ("recommended", "as-documented")
_TEXTS = ("title", "goal", "permission", "today")
_KNOWN = {*_TEXTS, "notice", "where", "names", "webhook", "sample"}


def use_case_names() -> list[str]:
    """List the names of all use cases in the library."""
    return sorted(_files())


def use_case(
    id: str,  # noqa: A002 - the word for it in every use case's file
    variant: str = "recommended",
    **names: str,
) -> UseCase:
    """Find a use case and fill in names: `use_case("counter", your_attribute_count="visits")`.

    Args:
        id: Its name, one of `use_case_names()`.
        variant: `recommended`, or `as-documented` for the text of Braze's article.
        names: Placeholder -> the name to put in its place; those left out keep their default.

    Raises:
        UseCaseError: If there is no such use case, variant or placeholder, or a name cannot be
            used.
    """
    if id not in _files():
        raise UseCaseError(_unknown("use case", id, _files()))
    return read_use_case(id, _files()[id].read_text("utf-8"), variant, names)


def read_use_case(file: str, text: str, variant: str, names: Mapping[str, str]) -> UseCase:
    """Make a use case of the TOML text of a file; arguments and errors as for `use_case`."""
    table = _table(file, text)
    name_fields = {key: NameField(**it) for key, it in table.get("names", {}).items()}
    chosen = _chosen(name_fields, names)
    placed = _webhooks(file, table, chosen)
    variants = tuple(it for it in VARIANTS if any(kind == it for kind, _ in placed))
    if variant not in variants:
        raise UseCaseError(_unknown(f"variant of {file} called", variant, variants))
    return UseCase(
        id=file,
        variant=variant,
        variants=variants,
        where=dict(table.get("where", {})),
        notice=tuple(table.get("notice", ())),
        names=chosen,
        name_fields=name_fields,
        webhooks={it.id: it for kind, it in placed if kind == variant},
        sample=Context(**renamed(table.get("sample", {}), chosen)),
        **{name: table[name] for name in _TEXTS},
    )


def _table(file: str, text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UseCaseError(f"The file of {file} cannot be read: {error}.") from error
    _check_names(file, "use case", table, _KNOWN, (*_TEXTS, "webhook"))
    keywords = {it.name for it in fields(Context) if it.init}
    _check_names(file, "sample", table.get("sample", {}), keywords)
    for it in table.get("names", {}).values():
        required = ("label", "default", "help")
        _check_names(file, "name", it, {*required}, required)
    return table


def _check_names(
    file: str,
    where: str,
    table: Mapping[str, Any],
    known: Iterable[str],
    required: Iterable[str] = (),
) -> None:
    for name in table:
        if name not in known:
            raise UseCaseError(f"In the file of {file}: {_unknown(f'{where} entry', name, known)}")
    for name in required:
        if name not in table:
            raise UseCaseError(f"In the file of {file}: a {where} needs a {name}.")


def _chosen(name_fields: Mapping[str, NameField], names: Mapping[str, str]) -> dict[str, str]:
    for placeholder in names:
        if placeholder not in name_fields:
            raise UseCaseError(_unknown("name to choose", placeholder, name_fields))
    return {
        placeholder: checked_name(placeholder, names.get(placeholder, it.default))
        for placeholder, it in name_fields.items()
    }


def _webhooks(
    file: str,
    table: Mapping[str, Any],
    names: Mapping[str, str],
) -> list[tuple[str, UseCaseWebhook]]:
    found = table["webhook"]
    tables = found if isinstance(found, list) else [found]
    for it in tables:
        if it.get("variant", VARIANTS[0]) not in VARIANTS:
            raise UseCaseError(
                f"In the file of {file}: {_unknown('variant', it['variant'], VARIANTS)}"
            )
    return [(it.get("variant", VARIANTS[0]), _webhook(file, it, names)) for it in tables]


def _webhook(file: str, table: Mapping[str, Any], names: Mapping[str, str]) -> UseCaseWebhook:
    parts = filled(fields_of(table), names)
    trigger = filled(table.get("trigger", {}), names)
    return UseCaseWebhook(**parts, id=table.get("id", file), trigger=trigger)


@cache
def _files() -> dict[str, Traversable]:
    folder = files("b2bkit.use_cases")
    found = sorted(folder.iterdir(), key=lambda it: it.name)
    return {it.name.removesuffix(".toml"): it for it in found if it.name.endswith(".toml")}


def _unknown(what: str, asked: str, known: Iterable[str]) -> str:
    near = get_close_matches(asked, list(known), n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no {what} {asked!r}. {hint}There are: {', '.join(sorted(known)) or 'none'}."
