"""Every fault: what a run claims is what the server applied, and nothing is added twice."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from dataclasses import replace

import pytest
from faulty_braze import TAKEN, Act, Arrived, Braze, every, first, refused
from running import (
    FAST,
    KEY,
    QUICK,
    SECONDS,
    adds,
    check_claims,
    ran,
    sets,
    started,
    taken_up,
)

from b2bkit.bulk.run.begin import begin
from b2bkit.bulk.run.run import Run
from b2bkit.client import Client

ROWS = 200
"""20 requests."""


@pytest.fixture(params=[sets, adds], ids=["sets", "adds"])
def planned(request, tmp_path):
    """A plan of 200 rows, and whether it adds."""
    return request.param(tmp_path, ROWS), request.param is adds


def with_headers(**headers: str) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def limited(**headers: str) -> Act:
    return Act(429, b'{"message": "Rate limited"}', with_headers(**headers), applies=False)


ALL_GO_THROUGH = {
    "nothing": lambda _: TAKEN,
    "503 at every third": every(3, refused("busy", 503)),
    "503 that asks to wait": first(3, Act(503, b"{}", {"Retry-After": "0"}, applies=False)),
    "429 bursts, epoch": first(8, limited(X_RateLimit_Limit="9000", X_RateLimit_Remaining="0")),
    "429 bursts, seconds": first(8, limited(X_Ratelimit_Retry_After="0")),
    "429 without a word": first(8, limited()),
}


@pytest.mark.parametrize("script", ALL_GO_THROUGH.values(), ids=ALL_GO_THROUGH)
def test_what_was_surely_not_applied_is_repeated(planned, tmp_path, script):
    a_plan, adding = planned
    with Braze(script) as braze:
        run = ran(a_plan, braze.url, tmp_path)
    assert run.counts == {"accepted": ROWS, "refused": 0, "unknown": 0, "not sent": 0}
    assert (run.report.state, run.report.exit_code) == ("done", 0)
    check_claims(run, braze.applied, adding=adding)


DOUBTFUL = {
    "500 before applying": Act(500, b"{}", applies=False),
    "500 after applying": Act(500, b"{}"),
    "502": Act(502, b"<html>", applies=False),
    "504": Act(504, b""),
    "408": Act(408, b"{}", applies=False),
    "connection lost before applying": Act(applies=False, cut="before"),
    "connection lost after applying": Act(cut="before"),
    "half an answer": Act(cut="half"),
    "an answer that is not JSON": Act(body=b"<html>Something went wrong</html>"),
    "an answer that is no object": Act(body=b"[]"),
    "an empty answer": Act(body=b""),
}


@pytest.mark.parametrize("act", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_have_been_applied_is_repeated_when_it_sets(tmp_path, act):
    with Braze(every(4, act)) as braze:
        run = ran(sets(tmp_path, ROWS), braze.url, tmp_path)
    assert run.counts["accepted"] == ROWS
    assert run.report.exit_code == 0
    check_claims(run, braze.applied)


@pytest.mark.parametrize("act", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_have_been_applied_is_unknown_when_it_adds(tmp_path, act):
    """20 requests, every fourth fails: 5 x 10 rows, none of which is sent again."""
    with Braze(every(4, act)) as braze:
        run = ran(adds(tmp_path, ROWS), braze.url, tmp_path)
    assert run.counts == {"accepted": 150, "refused": 0, "unknown": 50, "not sent": 0}
    assert len(braze.seen) == run.report.requests == 20
    assert (run.report.state, run.report.exit_code) == ("done", 1)
    check_claims(run, braze.applied, adding=True)
    reasons = set(run.results("unknown")["reason"])
    assert len(reasons) == 1
    assert "it may have been applied: read the profile back before you send it again" in str(
        reasons
    )


def refusing(*bad: int):
    """Refuse each request that holds one of these rows, as a whole."""
    names = {f"user-{row}" for row in bad}
    return lambda it: refused("bad object") if names & set(it.ids) else TAKEN


@pytest.mark.parametrize("bad", [(7,), (1,), (10,), (3, 4), (1, 10, 95), tuple(range(41, 51))])
def test_a_refused_request_is_halved_until_the_bad_object_stands_alone(planned, tmp_path, bad):
    a_plan, adding = planned
    with Braze(refusing(*bad)) as braze:
        run = ran(a_plan, braze.url, tmp_path)
    assert run.counts["refused"] == len(bad)
    assert run.results("refused")["row"].tolist() == list(bad)
    assert set(run.results("refused")["reason"]) == {"Braze refused it (400): bad object"}
    assert run.counts["accepted"] == ROWS - len(bad)
    assert run.report.exit_code == 1
    check_claims(run, braze.applied, adding=adding)


def partly(bad: dict[str, str], **more) -> Act:
    """Accept a request but for some objects, named by their index, as Braze does."""

    def script(it: Arrived) -> Act:
        places = {place: bad[name] for place, name in enumerate(it.ids) if name in bad}
        errors = [
            {"type": text, "input_array": "attributes", "index": place, **more}
            for place, text in places.items()
        ]
        body = {"message": "success", **({"errors": errors} if errors else {})}
        return Act(body=json.dumps(body).encode(), leaves_out=frozenset(places))

    return script


def test_errors_of_an_accepted_request_are_mapped_to_rows(planned, tmp_path):
    a_plan, adding = planned
    bad = {"user-1": "EMAIL_BAD_FORMAT", "user-15": "'quantity' is not valid", "user-200": "x"}
    with Braze(partly(bad)) as braze:
        run = ran(a_plan, braze.url, tmp_path)
    refused_rows = run.results("refused")
    assert list(zip(refused_rows["row"], refused_rows["reason"], strict=True)) == [
        (1, "Braze refused it: EMAIL_BAD_FORMAT"),
        (15, "Braze refused it: 'quantity' is not valid"),
        (200, "Braze refused it: x"),
    ]
    assert run.counts["accepted"] == ROWS - 3
    assert len(braze.seen) == 20
    check_claims(run, braze.applied, adding=adding)


@pytest.mark.parametrize("place", [{"index": 99}, {"index": None}, {"input_array": "events"}])
def test_an_error_that_names_no_object_is_found_by_halving_when_it_sets(tmp_path, place):
    with Braze(partly({"user-15": "bad"}, **place)) as braze:
        run = ran(sets(tmp_path, ROWS), braze.url, tmp_path)
    assert run.results("refused")["row"].tolist() == [15]
    assert run.counts["accepted"] == ROWS - 1
    check_claims(run, braze.applied)


def test_an_error_that_names_no_object_leaves_the_request_unknown_when_it_adds(tmp_path):
    with Braze(partly({"user-15": "bad"}, index=99)) as braze:
        run = ran(adds(tmp_path, ROWS), braze.url, tmp_path)
    assert run.results("unknown")["row"].tolist() == list(range(11, 21))
    assert len(braze.seen) == 20
    check_claims(run, braze.applied, adding=True)


def test_one_batch_that_always_fails_holds_up_nobody_and_ends_as_unknown(tmp_path):
    def script(it: Arrived) -> Act:
        return Act(500, b"{}") if "user-55" in it.ids else TAKEN

    with Braze(script) as braze:
        run = ran(sets(tmp_path, ROWS), braze.url, tmp_path)
    assert run.results("unknown")["row"].tolist() == list(range(51, 61))
    assert sum("user-55" in it.ids for it in braze.seen) == QUICK.tries
    assert (run.report.state, run.report.exit_code) == ("done", 1)
    check_claims(run, braze.applied)


def test_what_never_finds_capacity_is_not_sent_and_can_be_resumed(planned, tmp_path):
    a_plan, adding = planned
    busy = True

    def script(it: Arrived) -> Act:
        return refused("busy", 503) if busy and "user-55" in it.ids else TAKEN

    with Braze(script) as braze:
        run = ran(a_plan, braze.url, tmp_path)
        assert run.results("not sent")["row"].tolist() == list(range(51, 61))
        assert set(run.results("not sent")["reason"]) == {
            f"the server had no capacity (503), {QUICK.tries} times"
        }
        assert (run.report.state, run.report.exit_code) == ("stopped", 3)
        assert run.report.note == "10 rows could not be sent. Resume the run to try them again."
        busy = False
        again = taken_up(a_plan, braze.url, tmp_path)
        assert again.wait().exit_code == 0
    assert again.counts["accepted"] == ROWS
    check_claims(again, braze.applied, adding=adding)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "the key is not valid there"), (403, "users.track")]
)
def test_a_key_that_may_not_ends_the_run_and_costs_no_row(planned, tmp_path, status, words):
    a_plan, adding = planned
    with Braze(lambda it: refused("no", status)) as braze:
        run = ran(a_plan, braze.url, tmp_path, max_in_flight=1)
        assert run.counts["not sent"] == ROWS
        assert (run.report.state, run.report.exit_code) == ("stopped", 3)
        assert words in run.report.note
        assert len(braze.seen) == 1
        braze.script = lambda _: TAKEN
        again = taken_up(a_plan, braze.url, tmp_path)
        assert again.wait().exit_code == 0
    check_claims(again, braze.applied, adding=adding)


@pytest.mark.parametrize("status", [301, 404, 405, 415])
def test_an_address_that_is_wrong_refuses_whole_requests(tmp_path, status):
    with Braze(lambda it: refused("no", status)) as braze:
        run = ran(sets(tmp_path, ROWS), braze.url, tmp_path)
    assert run.counts["refused"] == ROWS
    assert len(braze.seen) == 20


def test_too_many_refusals_stop_the_run(tmp_path):
    with Braze(lambda _: refused("all wrong")) as braze:
        run = ran(sets(tmp_path, 3_000, batch=50), braze.url, tmp_path, stop_at=0.2)
    assert run.report.exit_code == 3
    assert "were refused, more than the 20% at which this run stops." in run.report.note
    assert 500 <= run.counts["refused"] < 2_000
    assert braze.applied == {}


def test_a_server_that_is_gone_for_a_while(planned, tmp_path):
    a_plan, adding = planned
    with Braze() as braze:
        reached, back = threading.Event(), threading.Event()

        async def hold() -> None:
            reached.set()
            await asyncio.to_thread(back.wait, 10)

        braze.script = lambda it: Act(wait=hold) if it.number == 5 else TAKEN
        run = started(a_plan, braze.url, tmp_path, max_in_flight=1)
        assert reached.wait(10)
        back.set()
        braze.close()
        while "cannot be reached" not in run.report.note:
            assert run.report.state == "running"
        braze.open()
        run.wait()
    lost = 10 if adding else 0
    assert run.counts["accepted"] >= ROWS - lost
    assert run.counts["unknown"] <= lost
    check_claims(run, braze.applied, adding=adding)


def test_a_server_that_stays_away_ends_the_run(planned, tmp_path):
    a_plan, _ = planned
    with Braze() as braze:
        braze.close()
        patience = replace(QUICK, before_first_answer=0.1)
        run = ran(a_plan, braze.url, tmp_path, patience=patience)
    assert run.counts["not sent"] == ROWS
    assert run.report.exit_code == 3
    assert f"no server answers at {braze.url}" in run.report.note


def test_a_name_that_does_not_resolve_ends_the_run(planned, tmp_path, monkeypatch):
    a_plan, _ = planned

    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    client = Client("https://rest.invalid", key=KEY, live=True, allow_host=["rest.invalid"])
    settings = replace(FAST, patience=replace(QUICK, before_first_answer=0.1))
    run = Run(begin(a_plan, client, tmp_path / "run", settings))
    assert run.wait(SECONDS).exit_code == 3
    assert run.counts["not sent"] == ROWS
    assert "the name rest.invalid does not resolve" in run.report.note


def test_one_slow_answer_stalls_nobody(planned, tmp_path):
    """The first request is answered when all others have been."""
    a_plan, adding = planned
    all_here = threading.Event()

    async def until_all_are_here() -> None:
        await asyncio.to_thread(all_here.wait, 20)

    def script(it: Arrived) -> Act:
        if it.number == 20:
            all_here.set()
        return Act(wait=until_all_are_here) if it.number == 1 else TAKEN

    with Braze(script) as braze:
        run = ran(a_plan, braze.url, tmp_path)
        assert all_here.is_set()
    assert run.counts["accepted"] == ROWS
    check_claims(run, braze.applied, adding=adding)


def test_an_answer_that_comes_too_late_counts_as_none(planned, tmp_path):
    a_plan, adding = planned

    async def for_ever() -> None:
        await asyncio.Event().wait()

    def script(it: Arrived) -> Act:
        return Act(wait=for_ever) if "user-55" in it.ids and not it.before else TAKEN

    with Braze(script) as braze:
        run = ran(a_plan, braze.url, tmp_path, timeout=0.2)
    assert run.counts["unknown"] == (10 if adding else 0)
    assert run.counts["accepted"] == ROWS - run.counts["unknown"]
    check_claims(run, braze.applied, adding=adding)
