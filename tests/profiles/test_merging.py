"""Merging profiles, and choosing among several."""

import pytest

from b2bkit.braze import answers
from b2bkit.profiles import Profile, Tally
from b2bkit.profiles.merging import merge_profiles
from b2bkit.profiles.priority import check_prioritization, prefer


def test_what_only_the_merged_profile_has_goes_to_the_kept_one():
    keep = Profile(
        "k", "ada", {"crm": "A"}, {"first_name": "Ada"}, {"x": 1}, created_at="2026-01-01"
    )
    merged = Profile(
        "m",
        None,
        {"crm": "B", "web": "C"},
        {"first_name": "Adah", "email": "ada@example.com", "email_subscribe": "unsubscribed"},
        {"x": 2, "y": 3},
        created_at="2025-01-01",
    )
    assert merge_profiles(keep, merged) == Profile(
        "k",
        "ada",
        {"crm": "A", "web": "C"},
        {"first_name": "Ada", "email": "ada@example.com"},
        {"x": 1, "y": 3},
        created_at="2026-01-01",
    )


def test_counts_and_sums_are_added_up():
    keep = Profile(custom_events={"e": Tally(1, "2026-02-01", "2026-02-01")}, total_revenue=2.0)
    merged = Profile(
        custom_events={"e": Tally(2, "2026-01-01", "2026-01-15")},
        purchases={"tea": Tally(1, "2026-01-01", "2026-01-01")},
        total_revenue=3.0,
    )
    after = merge_profiles(keep, merged)
    assert after.custom_events == {"e": Tally(3, "2026-01-01", "2026-02-01")}
    assert after.purchases == merged.purchases
    assert after.total_revenue == 5.0


def test_of_the_session_dates_the_outer_ones_stay():
    first, last = "date_of_first_session", "date_of_last_session"
    keep = Profile(attributes={first: "2026-02-01", last: "2026-02-02"})
    merged = Profile(attributes={first: "2026-01-01", last: "2026-01-02"})
    assert merge_profiles(keep, merged).attributes == {first: "2026-01-01", last: "2026-02-02"}


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (["identified"], None),
        (["unidentified", "most_recently_updated"], None),
        (None, answers.required("prioritization")),
        ([], answers.required("prioritization")),
        ("identified", answers.required("prioritization")),
        (["best"], answers.not_valid("prioritization")),
        ([["identified"]], answers.not_valid("prioritization")),
        (["most_recently_updated", "least_recently_updated"], answers.BOTH_PRIORITIES),
    ],
)
def test_a_prioritization_is_checked(value, answer):
    assert check_prioritization(value) == answer


@pytest.mark.parametrize(
    ("prioritization", "meant"),
    [
        (["most_recently_updated"], "anonymous, new"),
        (["least_recently_updated"], "known, old"),
        (["identified"], None),
        (["identified", "most_recently_updated"], "known, new"),
        (["unidentified"], "anonymous, new"),
        (["unidentified", "identified", "least_recently_updated"], "anonymous, new"),
    ],
)
def test_among_several_the_preferred_is_meant(prioritization, meant):
    candidates = [("known, old", True, 1), ("known, new", True, 2), ("anonymous, new", False, 3)]
    assert prefer(candidates, prioritization) == meant


def test_among_none_none_is_meant():
    assert prefer([], ["most_recently_updated"]) is None
    assert prefer([("known", True, 1)], ["unidentified"]) is None
