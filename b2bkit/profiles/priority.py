"""Which of several profiles with one e-mail address or phone is meant: `prioritization`.

Source: Braze, Merge users and Identify users (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from b2bkit.braze import answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bkit.braze.answers import Answer

IDENTIFIED, UNIDENTIFIED = "identified", "unidentified"
MOST_RECENT, LEAST_RECENT = "most_recently_updated", "least_recently_updated"
PRIORITIES = frozenset({IDENTIFIED, UNIDENTIFIED, MOST_RECENT, LEAST_RECENT})

T = TypeVar("T")


def check_prioritization(value: Any) -> Answer | None:
    """Say with which text Braze refuses a `prioritization`; a missing one is refused as well."""
    if not isinstance(value, list) or not value:
        return answers.required("prioritization")
    if not all(isinstance(each, str) and each in PRIORITIES for each in value):
        return answers.not_valid("prioritization")
    if MOST_RECENT in value and LEAST_RECENT in value:
        return answers.BOTH_PRIORITIES
    return None


def prefer(candidates: Sequence[tuple[T, bool, int]], prioritization: Sequence[str]) -> T | None:
    """Choose among candidates.

    Args:
        candidates: Each with whether it has an external id, and when it was updated.
        prioritization: As in a request. `identified` and `unidentified` leave only such profiles;
            with both, the first that finds any.

    Returns:
        The one that is meant; `None` when there is none, or several are left.
    """
    kinds = [each == IDENTIFIED for each in prioritization if each in {IDENTIFIED, UNIDENTIFIED}]
    left = list(candidates)
    if kinds:
        of_kind = ([each for each in candidates if each[1] == kind] for kind in kinds)
        left = next(filter(None, of_kind), [])
    if MOST_RECENT in prioritization or LEAST_RECENT in prioritization:
        choose = max if MOST_RECENT in prioritization else min
        return choose(left, key=lambda each: each[2])[0] if left else None
    return left[0][0] if len(left) == 1 else None
