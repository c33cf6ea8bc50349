"""Catalog items: several at a time (queued), or one at a time (at once).

Source: Braze, Catalog items (2026). Documented are the ids of the errors and their shape; of the
messages one is known, the others are ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from b2bkit.braze.answers import INVALID_REQUEST, SUCCESS
from b2bkit.braze.limits import CATALOG_ID_CHARACTERS, CATALOG_VALUE_CHARACTERS, RECIPIENTS
from b2bkit.sandbox.calls import Call, Handler, Outcome, Reply, Work
from b2bkit.sandbox.catalogs import ID, Catalog
from b2bkit.sandbox.log import DroppedItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from b2bkit.sandbox.store import Store

MESSAGES = {
    "catalog-not-found": "Could not find catalog",
    "fields-do-not-match": "Fields do not match with fields on the catalog",
    "id-in-body": "The item ID belongs in the path, not in the body",
    "ids-not-strings": "Item IDs must be of type string",
    "ids-not-unique": "Item IDs must be unique within the request",
    "ids-too-large": "Item IDs may have up to 250 characters",
    "invalid-fields": "Some of the fields given do not exist in the catalog",
    "invalid-ids": "Item IDs may hold letters, digits, - and _ only",
    "item-already-exists": "The item already exists",
    "item-array-invalid": "'items' must be an array of objects",
    "item-not-found": "Could not find item",
    "items-missing-ids": "Some items have no ID",
    "items-too-large": "Item values may have up to 5,000 characters",
    "request-includes-too-many-items": "The request includes too many items",
}
"""Error id -> message. Only that of `invalid-fields` was read; `item-already-exists` is ours."""

_VALID_ID = re.compile(r"[\w-]+", re.ASCII)
_NOT_FOUND = {"catalog-not-found", "item-not-found"}

Items = list[dict[str, Any]]


def add_items(call: Call) -> Reply:
    """Accept new items."""
    return _accept(call, lambda catalog, item: _set(catalog, item, known=False, merge=False))


def replace_items(call: Call) -> Reply:
    """Accept items that replace those with their ids, or are new."""
    return _accept(call, lambda catalog, item: _set(catalog, item, known=None, merge=False))


def update_items(call: Call) -> Reply:
    """Accept changes of items that are there."""
    return _accept(call, lambda catalog, item: _set(catalog, item, known=True, merge=True))


def delete_items(call: Call) -> Reply:
    """Accept deletions of items."""
    return _accept(call, _delete)


def get_item(call: Call) -> Reply:
    """Give one item."""
    catalog, identifier = _find(call)
    if catalog is None or identifier not in catalog.items:
        return _refuse("item-not-found" if catalog else "catalog-not-found")
    return Reply(200, {"items": [catalog.items[identifier]], "message": SUCCESS})


def create_item(call: Call) -> Reply:
    """Make one item, which must have all fields."""
    return _change_one(call, 201, known=False, merge=False)


def replace_item(call: Call) -> Reply:
    """Replace one item, or make it."""
    return _change_one(call, 200, known=None, merge=False)


def update_item(call: Call) -> Reply:
    """Change one item that is there."""
    return _change_one(call, 200, known=True, merge=True)


def delete_item(call: Call) -> Reply:
    """Delete one item."""
    catalog, identifier = _find(call)
    if catalog is None or identifier not in catalog.items:
        return _refuse("item-not-found" if catalog else "catalog-not-found")
    del catalog.items[identifier]
    call.store.keep_catalog(call.request.parts["catalog_name"])
    return Reply(202, {"message": SUCCESS}, done=Outcome(1))


def _accept(call: Call, do: Callable[[Catalog, dict[str, Any]], str | None]) -> Reply:
    name = call.request.parts["catalog_name"]
    catalog = call.store.catalogs.get(name)
    if catalog is None:
        return _refuse("catalog-not-found")
    items = call.fields.get("items")
    problem = _check_items(catalog, items)
    if problem or not isinstance(items, list):
        return _refuse(problem or "item-array-invalid")
    return Reply(202, {"message": SUCCESS}, _work(name, items, do))


def _work(name: str, items: Items, do: Callable[[Catalog, dict[str, Any]], str | None]) -> Work:
    def work(store: Store, _: datetime) -> Outcome:
        outcome = Outcome()
        catalog = store.catalogs.get(name)
        for index, item in enumerate(items):
            problem = do(catalog, item) if catalog else "catalog-not-found"
            if problem:
                outcome.dropped.append(DroppedItem("items", index, None, MESSAGES[problem]))
            else:
                outcome.applied += 1
        store.keep_catalog(name)
        return outcome

    return work


def _change_one(call: Call, status: int, *, known: bool | None, merge: bool) -> Reply:
    catalog, identifier = _find(call)
    if catalog is None:
        return _refuse("catalog-not-found")
    items = call.fields.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return _refuse("item-array-invalid")
    if len(items) != 1:
        return _refuse("request-includes-too-many-items" if items else "item-array-invalid")
    if ID in items[0]:
        return _refuse("id-in-body")
    item = {ID: identifier, **items[0]}
    problem = _check_item(catalog, item)
    if problem is None and status == 201 and item.keys() != catalog.fields:
        problem = "fields-do-not-match"
    problem = problem or _set(catalog, item, known=known, merge=merge)
    if problem:
        return _refuse(problem)
    call.store.keep_catalog(call.request.parts["catalog_name"])
    return Reply(status, {"message": SUCCESS}, done=Outcome(1))


def _set(catalog: Catalog, item: dict[str, Any], *, known: bool | None, merge: bool) -> str | None:
    before = catalog.items.get(item[ID])
    if known is True and before is None:
        return "item-not-found"
    if known is False and before is not None:
        return "item-already-exists"
    catalog.items[item[ID]] = {**before, **item} if before and merge else dict(item)
    return None


def _delete(catalog: Catalog, item: dict[str, Any]) -> str | None:
    return None if catalog.items.pop(item[ID], None) else "item-not-found"


def _check_items(catalog: Catalog, items: Any) -> str | None:
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return "item-array-invalid"
    if not 1 <= len(items) <= RECIPIENTS:
        return "request-includes-too-many-items" if items else "item-array-invalid"
    if any(ID not in item for item in items):
        return "items-missing-ids"
    problem = next(filter(None, (_check_item(catalog, item) for item in items)), None)
    if problem is None and len({item[ID] for item in items}) < len(items):
        return "ids-not-unique"
    return problem


def _check_item(catalog: Catalog, item: Mapping[str, Any]) -> str | None:
    identifier = item[ID]
    if not isinstance(identifier, str):
        return "ids-not-strings"
    if len(identifier) > CATALOG_ID_CHARACTERS:
        return "ids-too-large"
    if not _VALID_ID.fullmatch(identifier):
        return "invalid-ids"
    if not item.keys() <= catalog.fields:
        return "invalid-fields"
    too_long = (
        isinstance(value, str) and len(value) > CATALOG_VALUE_CHARACTERS for value in item.values()
    )
    return "items-too-large" if any(too_long) else None


def _find(call: Call) -> tuple[Catalog | None, str]:
    parts = call.request.parts
    return call.store.catalogs.get(parts["catalog_name"]), parts["item_id"]


def _refuse(identifier: str) -> Reply:
    error = {
        "id": identifier,
        "message": MESSAGES[identifier],
        "parameters": [],
        "parameter_values": [],
    }
    body = {"errors": [error], "message": INVALID_REQUEST.text}
    return Reply(404 if identifier in _NOT_FOUND else 400, body)


_ITEMS = "/catalogs/{catalog_name}/items"
_ITEM = f"{_ITEMS}/{{item_id}}"

HANDLERS: dict[str, Handler] = {
    f"POST {_ITEMS}": add_items,
    f"PUT {_ITEMS}": replace_items,
    f"PATCH {_ITEMS}": update_items,
    f"DELETE {_ITEMS}": delete_items,
    f"GET {_ITEM}": get_item,
    f"POST {_ITEM}": create_item,
    f"PUT {_ITEM}": replace_item,
    f"PATCH {_ITEM}": update_item,
    f"DELETE {_ITEM}": delete_item,
}
