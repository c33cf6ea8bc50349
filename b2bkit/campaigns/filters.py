"""Who gets in, and which way a decision goes: filters over one user at one moment.

Source: Braze, Custom attributes (2025), Custom events (2025), Decision split (2023).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.campaigns.conditions import Attribute, ContextVariable
from b2bkit.campaigns.errors import CampaignError
from b2bkit.campaigns.triggers import (
    InteractWithMessage,
    MakePurchase,
    PerformEvent,
    ReceiveMessage,
    in_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from b2bkit.campaigns.deeds import Deed

What = PerformEvent | MakePurchase | ReceiveMessage | InteractWithMessage
"""What a user can have done."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what filters look at: one user at one moment.

    Args:
        now: The moment.
        attributes: Standard attributes by their API names.
        custom_attributes: Custom attributes.
        context: Context variables of the Canvas the user is in.
        deeds: What the user did or received, in order.
        entered: The place in that order where the user entered the campaign or Canvas; `None`
            outside of one.
    """

    now: datetime
    attributes: Mapping[str, Any] = field(default_factory=dict)
    custom_attributes: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    deeds: Sequence[Deed] = ()
    entered: int | None = None


@dataclass(frozen=True, slots=True)
class Did:
    """Pass users who did something, or did not.

    Args:
        what: The event, purchase, message received or interaction; its conditions on properties
            count as well.
        times: At least so many times. 0 turns the filter round: those who did *not*.
        within: Only what happened in this span before now.
        since_entry: Only what happened after the user entered this campaign or Canvas.
    """

    what: What
    times: int = 1
    within: timedelta | None = None
    since_entry: bool = False

    def __post_init__(self) -> None:
        if self.times < 0:
            raise CampaignError(f"{self.what} cannot be done {self.times} times.")

    def matches(self, facts: Facts) -> bool:
        """Tell whether a user passes."""
        count = sum(self._counts(deed, facts) for deed in facts.deeds)
        return count == 0 if self.times == 0 else count >= self.times

    def _counts(self, deed: Deed, facts: Facts) -> bool:
        if self.since_entry and facts.entered is not None and deed.at <= facts.entered:
            return False
        if self.within is not None and deed.time < facts.now - self.within:
            return False
        return self.what.matches(deed)

    def __str__(self) -> str:
        did = {0: "did not do", 1: "did"}.get(self.times, f"did {self.times} times")
        within = "" if self.within is None else f" within {in_words(self.within)}"
        return f"{did} {self.what}{within}{' since entry' if self.since_entry else ''}"


def DidNot(  # noqa: N802 - reads as the opposite of Did, and makes one
    what: What, *, within: timedelta | None = None, since_entry: bool = False
) -> Did:
    """Pass users who did not do something; the arguments are those of `Did`."""
    return Did(what, 0, within, since_entry)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Pass users whom at least one of several filters passes."""

    filters: tuple[Filter, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "filters", tuple(self.filters))
        if not self.filters:
            raise CampaignError("A choice of filters needs at least one.")

    def matches(self, facts: Facts) -> bool:
        """Tell whether a user passes."""
        return any(each.matches(facts) for each in self.filters)

    def __str__(self) -> str:
        return f"({' or '.join(map(str, self.filters))})"


Filter = Attribute | ContextVariable | Did | AnyOf
"""Any of the filters."""


def passes(filters: Sequence[Filter], facts: Facts) -> bool:
    """Tell whether a user passes all of the filters."""
    return all(each.matches(facts) for each in filters)


def first_failing(filters: Sequence[Filter], facts: Facts) -> Filter | None:
    """Give the first filter that keeps a user out; `None` if all let the user pass."""
    return next((each for each in filters if not each.matches(facts)), None)
