"""The body of a `/users/track` request: what is refused, and what each object does.

Checking needs nothing but the body; applying needs the profile an object is about.

Source: Braze, Track users (2026).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from b2bkit.braze import answers
from b2bkit.braze.answers import Answer
from b2bkit.braze.limits import TRACK_OBJECTS
from b2bkit.profiles.attributes import apply_attributes
from b2bkit.profiles.changes import Changes
from b2bkit.profiles.dates import parse_date, write_moment
from b2bkit.profiles.events import check_event, make_event
from b2bkit.profiles.identifiers import Identifier, identify
from b2bkit.profiles.profile import Profile, Tally
from b2bkit.profiles.purchases import check_purchase, make_purchases
from b2bkit.profiles.standard import refusal
from b2bkit.profiles.types import NO_TYPES, AttributeTypes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

InputArray = Literal["attributes", "events", "purchases"]
ARRAYS: tuple[InputArray, ...] = ("attributes", "events", "purchases")
"""The arrays of a body, in the order in which Braze generally starts on them."""

_CHECKS = {"attributes": refusal, "events": check_event, "purchases": check_purchase}


@dataclass(frozen=True, slots=True)
class TrackLimits:
    """Say how many objects a request may hold.

    Args:
        together: In all arrays together; `None` for no such limit.
        each: In each array; `None` for no such limit (legacy contracts have this one instead).
    """

    together: int | None = TRACK_OBJECTS
    each: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Name an object that Braze refuses, as an item of `errors` does."""

    type: str
    input_array: str
    index: int


@dataclass(frozen=True, slots=True)
class Item:
    """Hold an object that Braze accepts, and whom it is about."""

    input_array: InputArray
    index: int
    object: Mapping[str, Any]
    identifier: Identifier


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold what became of a body.

    Args:
        fatal: Why Braze refuses the whole request (400); `None` when it does not.
        items: The accepted objects, attributes first, then events, then purchases.
        refusals: The refused objects, in the order of the body.
        sent: The arrays that the body has.
    """

    fatal: Answer | None
    items: tuple[Item, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    sent: tuple[InputArray, ...] = ()

    def count(self, input_array: InputArray) -> int:
        """Count the accepted objects of one array."""
        return sum(item.input_array == input_array for item in self.items)


DEFAULT_LIMITS = TrackLimits()


def check_body(body: Any, limits: TrackLimits = DEFAULT_LIMITS) -> Checked:
    """Check the parsed body of a `/users/track` request, object by object.

    A request of which nothing is valid is refused as a whole.
    """
    if not isinstance(body, dict):
        return Checked(answers.NO_VALID_DATA)
    sent = tuple(name for name in ARRAYS if body.get(name) is not None)
    for name in sent:
        if not isinstance(body[name], list):
            return Checked(answers.must_be_array(name), sent=sent)
    if _too_many([len(body[name]) for name in sent], limits):
        return Checked(answers.MAX_INPUT_LENGTH, sent=sent)
    items: list[Item] = []
    refusals: list[Refusal] = []
    for name in sent:
        for index, each in enumerate(body[name]):
            found = check_object(name, each)
            if isinstance(found, Answer):
                refusals.append(Refusal(found.text, name, index))
            else:
                items.append(Item(name, index, each, found))
    fatal = None if items else answers.NO_VALID_DATA
    return Checked(fatal, tuple(items), tuple(refusals), sent)


def check_object(input_array: InputArray, item: Any) -> Identifier | Answer:
    """Check one object of one array: whom it is about, or the text with which it is refused."""
    if not isinstance(item, dict):
        return answers.must_be_object(input_array)
    identifier = identify(item)
    if isinstance(identifier, Answer):
        return identifier
    return _CHECKS[input_array](item) or identifier


def apply_item(
    profile: Profile, item: Item, now: datetime, types: AttributeTypes = NO_TYPES
) -> Changes:
    """Tell what an accepted object does to the profile it is about."""
    if item.input_array == "attributes":
        return apply_attributes(profile, item.object, types)
    if item.input_array == "events":
        return _apply_event(profile, item.object, now)
    return _apply_purchase(profile, item.object, now)


def _apply_event(profile: Profile, item: Mapping[str, Any], now: datetime) -> Changes:
    event, dropped = make_event(item, now)
    if event is None:
        return Changes(profile, profile, dropped=dropped)
    events = _tallied(profile.custom_events, event.name, event.time)
    after = replace(profile, custom_events=events)
    return Changes(profile, after, events=(event,), dropped=dropped)


def _apply_purchase(profile: Profile, item: Mapping[str, Any], now: datetime) -> Changes:
    purchases, dropped = make_purchases(item, now)
    if not purchases:
        return Changes(profile, profile, dropped=dropped)
    one = purchases[0]
    tallies = _tallied(profile.purchases, one.product_id, one.time, len(purchases))
    paid = one.price * len(purchases) if one.currency == "USD" else 0
    after = replace(profile, purchases=tallies, total_revenue=profile.total_revenue + paid)
    return Changes(profile, after, purchases=purchases, dropped=dropped)


def _tallied(
    tallies: Mapping[str, Tally], name: str, time: str, times: int = 1
) -> dict[str, Tally]:
    moment = parse_date(time)
    stamp = write_moment(moment) if moment else time
    tally = tallies.get(name)
    return {**tallies, name: tally.plus(stamp, times) if tally else Tally(times, stamp, stamp)}


def _too_many(lengths: list[int], limits: TrackLimits) -> bool:
    together = limits.together is not None and sum(lengths) > limits.together
    each = limits.each is not None and any(length > limits.each for length in lengths)
    return together or each
