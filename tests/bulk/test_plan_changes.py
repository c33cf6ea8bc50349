"""Only what has changed since it was last accepted, remembered without a value."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from bulk_files import objects, planned

from b2bkit.bulk import PlanProblem
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from pathlib import Path

    from b2bkit.bulk import Plan


def accept(made: Plan) -> None:
    """Do what a run does when all is accepted."""
    for batch in made.batches():
        made.changes.note(batch)
    made.changes.finish()


def test_what_was_accepted_is_not_sent_again(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    rows = ["external_id,x,y,z", "a,1,1.10,t", "b,2,,u", "c,3,3,"]
    first = planned(tmp_path, *rows, only_changed=store)
    assert (first.valid, first.unchanged, len(objects(first))) == (3, 0, 3)
    accept(first)
    again = planned(tmp_path, *rows, only_changed=store)
    assert (again.valid, again.unchanged, again.requests) == (0, 3, 0)
    assert list(again.unchanged_rows()) == [1, 2, 3]
    changed = planned(
        tmp_path,
        "external_id,x,y,z",
        "a,1,1.20,t",
        "b,2,,u",
        "c,,4,v",
        "d,1,1,",
        only_changed=store,
    )
    assert objects(changed) == [
        {"external_id": "a", "y": 1.2},
        {"external_id": "c", "y": 4, "z": "v"},
        {"external_id": "d", "x": 1, "y": 1},
    ]
    assert list(changed.unchanged_rows()) == [2]
    assert changed.rows == changed.valid + changed.unchanged
    assert changed.price.data_points == 5


def test_nothing_is_remembered_before_the_run_is_over(tmp_path: Path):
    """A run that is resumed is planned as it was, whatever had been accepted."""
    store = tmp_path / "accepted.sqlite"
    rows = ["external_id,x", "a,1", "b,2"]
    made = planned(tmp_path, *rows, only_changed=store)
    for batch in made.batches():
        made.changes.note(batch)
    assert planned(tmp_path, *rows, only_changed=store).fingerprint == made.fingerprint
    made.changes.finish()
    assert planned(tmp_path, *rows, only_changed=store).fingerprint != made.fingerprint


def test_the_plan_does_not_change_with_the_store(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    made = planned(tmp_path, "external_id,x", "a,1", only_changed=store)
    accept(made)
    assert objects(made) == [{"external_id": "a", "x": 1}]


def test_what_adds_is_always_sent_and_forgets_the_value(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    accept(planned(tmp_path, "external_id,x", "a,1", only_changed=store))
    for _ in range(2):
        made = planned(tmp_path, "external_id,x", "a,1", ops={"x": "inc"}, only_changed=store)
        assert objects(made) == [{"external_id": "a", "x": {"inc": 1}}]
        accept(made)
    again = planned(tmp_path, "external_id,x", "a,1", only_changed=store)
    assert objects(again) == [{"external_id": "a", "x": 1}]


def test_null_is_a_value_like_others(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    accept(planned(tmp_path, "external_id,x", "a,-", null="-", only_changed=store))
    assert planned(tmp_path, "external_id,x", "a,-", null="-", only_changed=store).unchanged == 1
    assert planned(tmp_path, "external_id,x", "a,1", null="-", only_changed=store).valid == 1


def test_merged_rows_are_compared_as_they_are_sent(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    accept(planned(tmp_path, "external_id,x,y", "a,2,5", only_changed=store))
    made = planned(tmp_path, "external_id,x,y", "a,1,5", "a,2,", only_changed=store)
    assert (made.valid, list(made.unchanged_rows())) == (0, [1, 2])


def test_an_object_of_a_webhook_goes_whole_or_not_at_all(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    webhook = Webhook(
        "https://rest.iad-06.braze.com/users/track",
        headers={"Content-Type": "application/json"},
        body='{"attributes": [{"external_id": "{{${user_id}}}", "k": 1, '
        '"x": {{custom_attribute.${x}}}}]}',
    )
    accept(planned(tmp_path, "external_id,x", "a,1", "b,1", webhook=webhook, only_changed=store))
    made = planned(tmp_path, "external_id,x", "a,1", "b,2", webhook=webhook, only_changed=store)
    assert objects(made) == [{"external_id": "b", "k": 1, "x": 2}]


def test_store_and_key_hold_no_value(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    accept(planned(tmp_path, "external_id,x", "MARKED-ID,MARKED-VALUE", only_changed=store))
    key = tmp_path / "accepted.sqlite.key"
    assert len(key.read_bytes()) == 32
    assert b"MARKED" not in store.read_bytes() + key.read_bytes()
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0


def test_another_key_knows_nothing(tmp_path: Path):
    store, key = tmp_path / "accepted.sqlite", tmp_path / "accepted.sqlite.key"
    accept(planned(tmp_path, "external_id,x", "a,1", only_changed=store))
    key.write_bytes(bytes(32))
    assert planned(tmp_path, "external_id,x", "a,1", only_changed=store).valid == 1


def test_a_store_without_its_key_is_refused(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    planned(tmp_path, "external_id,x", "a,1", only_changed=store)
    (tmp_path / "accepted.sqlite.key").unlink()
    with pytest.raises(PlanProblem, match=r"the key of .* is gone"):
        planned(tmp_path, "external_id,x", "a,1", only_changed=store)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path):
    store = tmp_path / "accepted.sqlite"
    store.write_text("no store at all, but a text that is long enough")
    (tmp_path / "accepted.sqlite.key").write_bytes(bytes(32))
    with pytest.raises(PlanProblem, match="is no store of b2bkit"):
        planned(tmp_path, "external_id,x", "a,1", only_changed=store)
