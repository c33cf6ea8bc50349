"""`POST /canvas/trigger/send`."""

import pytest

ADA = {"external_user_id": "ada"}


def trigger(braze, **body):
    return braze.post("/canvas/trigger/send", {"canvas_id": "c-1", **body})


def test_a_trigger_is_accepted_and_logged(braze):
    answer = trigger(braze, recipients=[{**ADA, "context": {"name": "O'Neil"}}])
    assert answer.status_code == 201
    assert answer.json()["message"] == "success"
    assert len(answer.json()["dispatch_id"]) == 32
    entry = braze.sandbox.log[-1]
    assert (entry["method"], entry["path"], entry["status"]) == (
        "POST",
        "/canvas/trigger/send",
        201,
    )
    assert "1 recipient" in entry["note"]
    assert "O'Neil" not in str(entry)


def test_a_broadcast_is_accepted_when_it_says_so(braze):
    assert trigger(braze, broadcast=True).status_code == 201
    answer = trigger(braze)
    assert (answer.status_code, answer.json()) == (400, {"message": "No Recipients"})


@pytest.mark.parametrize(
    "body",
    [
        {"canvas_id": ""},
        {"canvas_id": 5, "recipients": [ADA]},
        {"recipients": []},
        {"recipients": "ada"},
        {"recipients": ["ada"]},
        {"recipients": [{}]},
        {"recipients": [{"external_user_id": ""}]},
        {"recipients": [{**ADA, "email": "ada@example.com"}]},
        {"recipients": [ADA] * 51},
        {"recipients": [ADA], "broadcast": True},
    ],
)
def test_an_unsound_trigger_is_refused(braze, body):
    answer = trigger(braze, **body)
    assert answer.status_code == 400
    assert answer.json()["message"]
