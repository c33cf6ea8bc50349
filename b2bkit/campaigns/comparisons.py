"""How Braze's filters compare a value: every operator of the dashboard, by the name it has there.

What is compared (an attribute, a property, a context variable) is decided in `conditions`.

Source: Braze, Custom attributes (2025), with its rules for users without a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, Literal

from b2bkit.campaigns.errors import CampaignError
from b2bkit.profiles import parse_date

Takes = Literal["nothing", "number", "text or number", "texts", "regex", "date", "days"]
"""What an operator is given to compare with."""

Test = Callable[[Any, Any, datetime], bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Describe one operator.

    Args:
        takes: What it compares with.
        test: Tells, for the value there is (`None`: none), the value wanted, and now.
    """

    takes: Takes
    test: Test


def comparison(operator: str) -> Comparison:
    """Look an operator up by its name; a leading `is` may be left away.

    Raises:
        CampaignError: If Braze has no such operator; the message names the nearest.
    """
    name = operator_name(operator)
    if name in _COMPARISONS:
        return _COMPARISONS[name]
    near = get_close_matches(name, _COMPARISONS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise CampaignError(
        f"{operator!r} is not one of Braze's comparisons. {hint}There are: "
        f"{', '.join(_COMPARISONS)}."
    )


def operator_name(operator: str) -> str:
    """Give an operator's name in small letters, without a leading `is`."""
    return operator.strip().lower().removeprefix("is ")


def check_value(operator: str, value: Any) -> None:
    """Raise `CampaignError` if the value is not of the kind that the operator compares with."""
    takes = comparison(operator).takes
    if not _FITS[takes](value):
        given = "nothing" if value is None else repr(value)
        raise CampaignError(f"{operator!r} {_WANTS[takes]}, not {given}.")


def is_blank(have: Any) -> bool:
    """Tell whether an attribute counts as blank: not there, null, or an empty text."""
    return have is None or have == ""


def is_number(value: Any) -> bool:
    """Tell whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def moment_of(value: Any) -> datetime | None:
    """Read a value as a moment; without a zone it is UTC. `None` if it is no date."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    return parse_date(value) if isinstance(value, str) else None


def _equals(have: Any, want: Any, _: datetime) -> bool:
    if is_number(want):
        return have == want if is_number(have) else have is None and want == 0
    return type(have) is type(want) and bool(have == want)


def _differs(have: Any, want: Any, now: datetime) -> bool:
    if isinstance(have, str) and isinstance(want, str):
        return have.casefold() != want.casefold()
    return not _equals(have, want, now)


def _more(have: Any, want: Any, _: datetime) -> bool:
    return is_number(have) and have > want


def _less(have: Any, want: Any, _: datetime) -> bool:
    return have is None or (is_number(have) and have < want)


def _any_of(have: Any, want: Any, _: datetime) -> bool:
    return have is not None and have in _texts(want)


def _contains(have: Any, want: Any, _: datetime) -> bool:
    return any(part in text for part in _texts(want) for text in _texts(have))


def _matches(have: Any, want: Any, _: datetime) -> bool:
    return any(re.search(want, text, re.IGNORECASE) for text in _texts(have))


def _matches_not(have: Any, want: Any, now: datetime) -> bool:
    return not is_blank(have) and not _matches(have, want, now)


def _includes_any(have: Any, want: Any, _: datetime) -> bool:
    return isinstance(have, list) and any(each in have for each in _texts(want))


def _includes_all(have: Any, want: Any, _: datetime) -> bool:
    return isinstance(have, list) and all(each in have for each in _texts(want))


def _before(have: Any, want: Any, _: datetime) -> bool:
    found, limit = moment_of(have), moment_of(want)
    return found is not None and limit is not None and found < limit


def _after(have: Any, want: Any, _: datetime) -> bool:
    found, limit = moment_of(have), moment_of(want)
    return found is not None and limit is not None and found > limit


def _days_before(now: datetime, have: Any) -> float | None:
    found = moment_of(have)
    return None if found is None else (now - found) / timedelta(days=1)


def _more_days_ago(have: Any, want: Any, now: datetime) -> bool:
    days = _days_before(now, have)
    return days is not None and days > want


def _less_days_ago(have: Any, want: Any, now: datetime) -> bool:
    days = _days_before(now, have)
    return days is not None and 0 <= days < want


def _in_more_days(have: Any, want: Any, now: datetime) -> bool:
    days = _days_before(now, have)
    return days is not None and -days > want


def _in_less_days(have: Any, want: Any, now: datetime) -> bool:
    days = _days_before(now, have)
    return days is not None and 0 <= -days < want


def _not(test: Test) -> Test:
    return lambda have, want, now: not test(have, want, now)


def _texts(value: Any) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    return [] if value is None else [value]


_COMPARISONS: dict[str, Comparison] = {
    "equals": Comparison("text or number", _equals),
    "exactly": Comparison("number", _equals),
    "does not equal": Comparison("text or number", _differs),
    "more than": Comparison("number", _more),
    "less than": Comparison("number", _less),
    "any of": Comparison("texts", _any_of),
    "none of": Comparison("texts", _not(_any_of)),
    "contains any of": Comparison("texts", _contains),
    "doesn't contain any of": Comparison("texts", _not(_contains)),
    "matches regex": Comparison("regex", _matches),
    "does not match regex": Comparison("regex", _matches_not),
    "includes any of": Comparison("texts", _includes_any),
    "includes none of": Comparison("texts", _not(_includes_any)),
    "all of": Comparison("texts", _includes_all),
    "isn't all of": Comparison("texts", _not(_includes_all)),
    "has a value": Comparison("nothing", lambda have, *_: not is_blank(have) and have != []),
    "empty": Comparison("nothing", lambda have, *_: is_blank(have) or have == []),
    "blank": Comparison("nothing", lambda have, *_: is_blank(have)),
    "not blank": Comparison("nothing", lambda have, *_: not is_blank(have)),
    "true": Comparison("nothing", lambda have, *_: have is True),
    "false": Comparison("nothing", lambda have, *_: have is False),
    "true or not set": Comparison("nothing", lambda have, *_: have is True or have is None),
    "false or not set": Comparison("nothing", lambda have, *_: have is False or have is None),
    "before": Comparison("date", _before),
    "after": Comparison("date", _after),
    "more than days ago": Comparison("days", _more_days_ago),
    "less than days ago": Comparison("days", _less_days_ago),
    "in more than days": Comparison("days", _in_more_days),
    "in less than days": Comparison("days", _in_less_days),
}


def _is_regex(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except re.error:
        return False


_FITS: dict[Takes, Callable[[Any], bool]] = {
    "nothing": lambda value: value is None,
    "number": is_number,
    "text or number": lambda value: isinstance(value, str | int | float | bool),
    "texts": lambda value: isinstance(value, str | int | float | list | tuple),
    "regex": _is_regex,
    "date": lambda value: moment_of(value) is not None,
    "days": lambda value: is_number(value) and value >= 0,
}
_WANTS: dict[Takes, str] = {
    "nothing": "stands alone, without a value",
    "number": "compares with a number",
    "text or number": "compares with a text, a number, true or false",
    "texts": "compares with one value or a list of values",
    "regex": "compares with a regular expression",
    "date": "compares with a date such as 2026-01-31",
    "days": "compares with a number of days",
}
