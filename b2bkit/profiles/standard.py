"""Braze's own profile fields: what each takes, what it ignores, what gets the object refused.

A value comes out as it would be stored; as a `Drop`, when Braze ignores it; or as an `Answer`, when
Braze refuses the whole object with that text. For the fields that have a documented error code we
refuse, for all others we ignore, because Braze documents nothing else.

Source: Braze, User attributes object (2026) and Track users (2026).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from b2bkit.braze import answers
from b2bkit.braze.answers import Answer
from b2bkit.braze.codes import COUNTRIES, LANGUAGES
from b2bkit.braze.limits import DEVICE_ID_BYTES
from b2bkit.braze.reserved import GROUP_STATES, RESERVED_FIELDS, SOCIAL_KEYS, ReservedField
from b2bkit.profiles.changes import Change
from b2bkit.profiles.dates import is_date
from b2bkit.profiles.drops import Drop
from b2bkit.profiles.types import type_of
from b2bkit.profiles.values import check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOT_TEXT = Drop("the field takes a text")
NOT_A_CHOICE = Drop("the field does not take this value")
NOT_A_COUNTRY = Drop("not an ISO 3166-1 alpha-2 code: Braze sets the field to null", clears=True)
NOT_A_LANGUAGE = Drop("the field takes an ISO 639-1 code")
NOT_A_TIME_ZONE = Drop("the field takes a time zone of the IANA database")
NOT_A_DATE = Drop("the field takes a date")
NOT_A_DAY = Drop("the field takes a day as YYYY-MM-DD")
NOT_A_BOOLEAN = Drop("the field takes true or false")
NOT_AN_OBJECT = Drop("the field takes an object with Braze's keys for it")
IS_AN_IDENTIFIER = Drop("the field is part of an identifier and is not set as an attribute")

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_REFUSED_CHOICES = {
    "email_subscribe": answers.BAD_EMAIL_SUBSCRIPTION_STATE,
    "push_subscribe": answers.BAD_PUSH_SUBSCRIPTION_STATE,
}
_LISTS_BY_KEY = {"subscription_groups": "subscription_group_id", "push_tokens": "token"}
REFUSING = frozenset(
    {"email", "current_location", "push_tokens", "subscription_groups", *_REFUSED_CHOICES}
)
"""The fields that can get an object refused; all others only ignore a value."""


def standard_value(name: str, value: Any) -> Any:
    """Give the value of a reserved field as it is stored; or a `Drop`; or an `Answer`.

    `null` is not a matter of this function: it removes the field.
    """
    field = RESERVED_FIELDS[name]
    return _BY_KIND[field.kind](field, value)


def refusal(attributes: Mapping[str, Any]) -> Answer | None:
    """Say with which text Braze refuses an attributes object for one of its reserved fields."""
    for name in REFUSING & attributes.keys():
        if attributes[name] is not None:
            stored = standard_value(name, attributes[name])
            if isinstance(stored, Answer):
                return stored
    return None


def standard_rule(name: str) -> Callable[[Any], Drop | Answer | None]:
    """Resolve what to ask of each value of a reserved field."""

    def rule(value: Any) -> Drop | Answer | None:
        stored = standard_value(name, value)
        return stored if isinstance(stored, (Drop, Answer)) else None

    return rule


def change_standard(name: str, before: Any, value: Any) -> Change:
    """Tell what a value does to a reserved field; `null` removes it."""
    type_before = None if before is None else type_of(before)
    if value is None:
        return Change(name, before, None, type_before, None, "remove")
    after = standard_value(name, value)
    dropped = None
    if isinstance(after, Answer):
        after, dropped = before, after.text
    elif isinstance(after, Drop):
        dropped, after = after.reason, None if after.clears else before
    elif name in _LISTS_BY_KEY:
        after = _merge_by_key(before or [], after, _LISTS_BY_KEY[name])
    type_after = None if after is None else type_of(after)
    return Change(name, before, after, type_before, type_after, "standard field", dropped)


def _merge_by_key(before: list[Any], new: list[Any], key: str) -> list[Any]:
    return list({each[key]: each for each in (*before, *new)}.values())


def _text(_: ReservedField, value: Any) -> Any:
    if not isinstance(value, str):
        return NOT_TEXT
    return check_text(value) or value


def _email(field: ReservedField, value: Any) -> Any:
    if not isinstance(value, str) or not _EMAIL.fullmatch(value):
        return answers.BAD_EMAIL
    return _text(field, value)


def _boolean(_: ReservedField, value: Any) -> Any:
    return value if isinstance(value, bool) else NOT_A_BOOLEAN


def _date(_: ReservedField, value: Any) -> Any:
    return value if isinstance(value, str) and is_date(value) else NOT_A_DATE


def _day(_: ReservedField, value: Any) -> Any:
    sound = isinstance(value, str) and _DAY.fullmatch(value) and is_date(value)
    return value if sound else NOT_A_DAY


def _choice(field: ReservedField, value: Any) -> Any:
    if isinstance(value, str) and value in field.choices:
        return value
    return _REFUSED_CHOICES.get(field.name, NOT_A_CHOICE)


def _country(_: ReservedField, value: Any) -> Any:
    code = value.strip().upper() if isinstance(value, str) else ""
    return code if code in COUNTRIES else NOT_A_COUNTRY


def _language(_: ReservedField, value: Any) -> Any:
    return value if isinstance(value, str) and value in LANGUAGES else NOT_A_LANGUAGE


def _time_zone(_: ReservedField, value: Any) -> Any:
    return value if isinstance(value, str) and _is_time_zone(value) else NOT_A_TIME_ZONE


@lru_cache(maxsize=1024)
def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _location(_: ReservedField, value: Any) -> Any:
    if not isinstance(value, dict) or value.keys() != {"longitude", "latitude"}:
        return answers.BAD_LOCATION_UPDATE
    sound = all(
        isinstance(value[axis], (int, float))
        and not isinstance(value[axis], bool)
        and -limit <= value[axis] <= limit
        for axis, limit in (("longitude", 180), ("latitude", 90))
    )
    return value if sound else answers.BAD_LOCATION_UPDATE


def _push_tokens(_: ReservedField, value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return answers.BAD_PUSH_TOKEN_VALUE
    return next(filter(None, map(_bad_token, value)), None) or value


def _bad_token(token: Mapping[str, Any]) -> Answer | None:
    if not isinstance(token.get("app_id"), str) or not token["app_id"]:
        return answers.BAD_PUSH_TOKEN_APP_ID
    if not isinstance(token.get("token"), str) or not token["token"]:
        return answers.BAD_PUSH_TOKEN_STRING
    device = token.get("device_id")
    if device is None:
        return None
    size = len(device.encode("utf-8", "surrogatepass")) if isinstance(device, str) else 0
    return None if size in DEVICE_ID_BYTES else answers.BAD_DEVICE_ID


def _subscription_groups(_: ReservedField, value: Any) -> Any:
    if not isinstance(value, list):
        return answers.BAD_SUBSCRIPTION_GROUP_ARRAY
    return next(filter(None, map(_bad_group, value)), None) or value


def _bad_group(group: Any) -> Answer | None:
    if not isinstance(group, dict):
        return answers.BAD_SUBSCRIPTION_GROUP_HASH
    identifier = group.get("subscription_group_id")
    if not isinstance(identifier, str) or not identifier:
        return answers.BAD_SUBSCRIPTION_GROUP_ID
    state = group.get("subscription_state")
    sound = isinstance(state, str) and state in GROUP_STATES
    return None if sound else answers.BAD_SUBSCRIPTION_GROUP_STATE


def _social_profile(field: ReservedField, value: Any) -> Any:
    known = SOCIAL_KEYS[field.name]
    return value if isinstance(value, dict) and value.keys() <= known else NOT_AN_OBJECT


def _identifier(_: ReservedField, __: Any) -> Any:
    return IS_AN_IDENTIFIER


_BY_KIND: dict[str, Callable[[ReservedField, Any], Any]] = {
    "boolean": _boolean,
    "choice": _choice,
    "country": _country,
    "date": _date,
    "day": _day,
    "email": _email,
    "identifier": _identifier,
    "language": _language,
    "location": _location,
    "push tokens": _push_tokens,
    "social profile": _social_profile,
    "subscription groups": _subscription_groups,
    "text": _text,
    "time zone": _time_zone,
}
