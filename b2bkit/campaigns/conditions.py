"""Conditions on one value: of a property, an attribute or a context variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.campaigns.comparisons import check_value, comparison, operator_name
from b2bkit.campaigns.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from b2bkit.campaigns.filters import Facts


@dataclass(frozen=True, slots=True)
class Condition:
    """Compare one named value, as a filter of Braze's dashboard does.

    Args:
        name: What to look at; a dot leads into an object, as in `address.city`.
        is_: The comparison, by Braze's name for it: `equals`, `less than`, `any of` ...
        value: What to compare with; left away where the comparison stands alone (`blank`).

    Raises:
        CampaignError: If there is no such comparison, or it does not take such a value.

    Example:
        >>> Condition("visits", "less than", 3)
        Condition(name='visits', is_='less than', value=3)
    """

    name: str
    is_: str = "equals"
    value: Any = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CampaignError("A condition needs the name of what it looks at.")
        object.__setattr__(self, "is_", operator_name(self.is_))
        check_value(self.is_, self.value)

    def holds(self, values: Mapping[str, Any], now: datetime) -> bool:
        """Tell whether it holds for these values."""
        return comparison(self.is_).test(look_up(values, self.name), self.value, now)

    def __str__(self) -> str:
        wanted = "" if self.value is None else f" {self.value!r}"
        return f"{self.name} {self.is_}{wanted}"


class Where(Condition):
    """A condition on a property of an event or a purchase.

    Unlike an attribute, a property that is an empty text is not blank.
    Source: Braze, Custom events (2025).
    """

    __slots__ = ()

    def holds(self, values: Mapping[str, Any], now: datetime) -> bool:
        """Tell whether it holds for these properties."""
        if self.is_ in {"blank", "not blank"}:
            return (look_up(values, self.name) is None) is (self.is_ == "blank")
        return Condition.holds(self, values, now)


class Attribute(Condition):
    """A filter on an attribute of the profile, standard (by its API name) or custom."""

    __slots__ = ()

    def matches(self, facts: Facts) -> bool:
        """Tell whether a user passes."""
        standard = self.name.partition(".")[0] in RESERVED_FIELDS
        return self.holds(facts.attributes if standard else facts.custom_attributes, facts.now)


class ContextVariable(Condition):
    """A filter on a context variable; only a decision within a Canvas may have one.

    Source: Braze, Canvas context (2026-09-02).
    """

    __slots__ = ()

    def matches(self, facts: Facts) -> bool:
        """Tell whether a user passes."""
        return self.holds(facts.context, facts.now)

    def __str__(self) -> str:
        return f"context {Condition.__str__(self)}"


def look_up(values: Mapping[str, Any], name: str) -> Any:
    """Find a value by its name, or by a path with dots into objects; `None` if there is none."""
    if name in values:
        return values[name]
    found: Any = values
    for part in name.split("."):
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return found
