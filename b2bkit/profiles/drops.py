"""A value that Braze leaves out without a word: the request is accepted, the profile unchanged.

Each reason is a sentence for a log; it never quotes the value, which may be personal.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drop:
    """Say why a value is not stored.

    Args:
        reason: The reason, without the value.
        clears: Whether the attribute is emptied as well (an unknown `country` becomes null).
    """

    reason: str
    clears: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """Say which attribute or property of an object was left out, and why."""

    attribute: str
    reason: str


TEXT_TOO_LONG = Drop("the text is longer than 255 characters")
NAME_TOO_LONG = Drop("the name is longer than 255 characters")
NAME_BLANK = Drop("the name is blank")
NAME_IS_OPERATOR = Drop("the name starts with $")
TOO_LARGE = Drop("the value is larger than 100 KB")
TOO_MANY_ELEMENTS = Drop("the array has more than 500 elements")
NESTED_NULL = Drop("a nested value is null: the whole attribute is left as it was")
NESTED_DATE = Drop("a nested $time is not a date: the whole attribute is left as it was")
BARE_TIME = Drop("$time belongs inside an object: at the top level a date is a plain text")
NESTED_KEY = Drop("a nested key has a blank, a period or a dollar sign, is blank or too long")
TOO_DEEP = Drop("the value is nested too deeply")
NOT_FINITE = Drop("the number is not finite")
NULL_PROPERTY = Drop("a property is null")
EVENT_TOO_LARGE = Drop("the properties of the event are larger than 100 KB")
