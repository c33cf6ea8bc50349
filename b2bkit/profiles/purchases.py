"""Purchases: what a purchase object must have, and what is stored of it.

Source: Braze, Purchase object (date not known).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.codes import CURRENCIES
from b2bkit.braze.limits import PROPERTIES_BYTES, PURCHASE_QUANTITY
from b2bkit.profiles import drops
from b2bkit.profiles.drops import Dropped
from b2bkit.profiles.events import check_properties, check_time, keep_properties, not_after
from b2bkit.profiles.values import check_name, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.braze.answers import Answer

_REQUIRED = ("product_id", "currency", "price", "time")


@dataclass(frozen=True, slots=True)
class Purchase:
    """Record that a user bought one of something: of a quantity of 3, three are stored.

    Args:
        product_id: What was bought.
        currency: ISO 4217 code.
        price: Price of one, in base units of the currency.
        time: When, as it was sent; a time in the future becomes the time of receipt.
        properties: Its properties, as kept.
    """

    product_id: str
    currency: str
    price: float
    time: str
    properties: Mapping[str, Any] = field(default_factory=dict)


def check_purchase(purchase: Mapping[str, Any]) -> Answer | None:
    """Say with which text Braze refuses a purchase object (its identifier aside)."""
    for name in _REQUIRED:
        if purchase.get(name) in (None, ""):
            return answers.required(name)
    product, currency, price = purchase["product_id"], purchase["currency"], purchase["price"]
    if not isinstance(product, str) or check_name(product):
        return answers.not_valid("product_id")
    if not isinstance(currency, str) or currency not in CURRENCIES:
        return answers.not_valid("currency")
    if isinstance(price, bool) or not isinstance(price, (int, float)) or not isfinite(price):
        return answers.not_valid("price")
    if not _is_quantity(purchase.get("quantity")):
        return answers.BAD_QUANTITY
    return check_time(purchase["time"]) or check_properties(purchase, frozenset())


def make_purchases(
    purchase: Mapping[str, Any], now: datetime
) -> tuple[tuple[Purchase, ...], tuple[Dropped, ...]]:
    """Make the purchases that are stored of an object that passed `check_purchase`, and the rest.

    None is stored when the properties are too large.
    """
    properties, left_out = keep_properties(purchase.get("properties") or {})
    if properties and check_size(properties, PROPERTIES_BYTES):
        return (), (Dropped("properties", drops.EVENT_TOO_LARGE.reason),)
    time = not_after(purchase["time"], now)
    stored = Purchase(
        purchase["product_id"], purchase["currency"], purchase["price"], time, properties
    )
    return (stored,) * (purchase.get("quantity") or 1), left_out


def _is_quantity(quantity: Any) -> bool:
    if quantity is None:
        return True
    whole = isinstance(quantity, int) and not isinstance(quantity, bool)
    return whole and 1 <= quantity <= PURCHASE_QUANTITY
