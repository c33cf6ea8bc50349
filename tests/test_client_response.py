"""Reading an answer: outcome, errors, one plain sentence, rate limit in both dialects, tables."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.client import ObjectError, RateLimit, Response
from b2bkit.headers import Headers

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
IN_A_MINUTE = str(int(NOON.timestamp()) + 60)
NO_ID = "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required"


def response(status=201, body=None, headers=(), path="/users/track", **more):
    text = body if isinstance(body, str) else json.dumps(body or {"message": "success"})
    return Response("POST", path, status, Headers(dict(headers)), text, 0.0123, NOON, **more)


def used_up(reset):
    return {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}


@pytest.mark.parametrize(
    ("status", "body", "accepted", "outcome"),
    [
        (200, None, True, "accepted"),
        (201, None, True, "accepted"),
        (202, None, True, "accepted"),
        (201, {"errors": [{"type": "x"}]}, True, "accepted with errors"),
        (201, {"errors": []}, True, "accepted"),
        (201, "not JSON", True, "accepted"),
        (301, None, False, "refused"),
        (400, None, False, "refused"),
        (401, None, False, "refused"),
        (408, None, False, "unknown"),
        (429, None, False, "refused"),
        (500, None, False, "unknown"),
        (503, None, False, "unknown"),
    ],
)
def test_outcome(status, body, accepted, outcome):
    answer = response(status, body)
    assert (answer.accepted, answer.outcome) == (accepted, outcome)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (
            {"errors": [{"type": NO_ID, "input_array": "attributes", "index": 0}]},
            [ObjectError(NO_ID, "attributes", 0)],
        ),
        ({"errors": [{"type": "BAD"}, {"type": "X", "index": "1"}]}, ["BAD", "X"]),
        ({"errors": ["plain"]}, ["plain"]),
        ({"errors": [{"id": "invalid-fields", "message": "no such field"}]}, ["no such field"]),
        ({"errors": [{"odd": 1}]}, ['{"odd": 1}']),
        ({"errors": "text"}, []),
        ({}, []),
        ([1], []),
        ("not JSON", []),
    ],
)
def test_errors_in_whatever_shape(body, errors):
    wanted = tuple(ObjectError(it) if isinstance(it, str) else it for it in errors)
    assert response(body=json.dumps(body) if body == [1] else body).errors == wanted


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ObjectError("X", "events", 2), "events[2]: X"),
        (ObjectError("X", "events"), "events: X"),
        (ObjectError("X"), "X"),
    ],
)
def test_an_error_says_its_place(error, text):
    assert str(error) == text


SENTENCES = [
    (
        response(body={"message": "success", "attributes_processed": 1}),
        "Accepted (201): 1 attribute object queued; the profile changes a moment later.",
    ),
    (
        response(body={"events_processed": 2, "purchases_processed": 1}),
        "Accepted (201): 2 events, 1 purchase queued; the profile changes a moment later.",
    ),
    (response(200, {"dispatch_id": "d", "message": "success"}), "Accepted (200)."),
    (
        response(
            body={
                "attributes_processed": 1,
                "errors": [{"type": NO_ID, "input_array": "attributes", "index": 0}],
            }
        ),
        f"Accepted with 1 error (201): attributes[0]: {NO_ID}. Queued: 1 attribute object.",
    ),
    (
        response(body={"errors": [{"type": "A."}, {"type": "B"}]}),
        "Accepted with 2 errors (201): A (and 1 more). The other objects are queued.",
    ),
    (
        response(
            400,
            {
                "message": "Valid data must be provided.",
                "errors": [{"type": NO_ID, "input_array": "attributes", "index": 0}],
            },
        ),
        (
            "Refused (400): nothing was applied; Braze says “Valid data must be provided”: "
            f"attributes[0]: {NO_ID}."
        ),
    ),
    (
        response(body="<html>"),
        "Accepted (201). The answer is not JSON, so its errors cannot be seen.",
    ),
    (
        response(body="{", truncated=True),
        "Accepted (201). The answer was very long; only its beginning was kept.",
    ),
    (
        response(400, {"message": "Max Input Length Exceeded"}),
        "Refused (400): nothing was applied; Braze says “Max Input Length Exceeded”.",
    ),
    (
        response(400, {"error": "Error while parsing request body.", "message": "Bad Request"}),
        "Refused (400): nothing was applied; Braze says “Error while parsing request body”.",
    ),
    (response(400, "{}"), "Refused (400): nothing was applied."),
    (response(400, {"errors": [{"type": "X"}]}), "Refused (400): X."),
    (
        response(401, {"message": "Invalid API key"}),
        (
            "Refused (401): the key is not valid there. Check that it is a key of this instance "
            "and workspace, and that the header is Bearer, a blank and the key, without quotes."
        ),
    ),
    (
        response(403, {"message": "Access Denied"}),
        (
            "Refused (403): the key lacks the permission users.track. Permissions of a key "
            "cannot be changed: make a new key that has it."
        ),
    ),
    (
        response(403, path="/users/track/"),
        (
            "Refused (403): the key may not do this, or the path has a typing mistake or a slash "
            "at its end."
        ),
    ),
    (
        response(404, {"message": "Invalid URL"}),
        (
            "Refused (404): there is no such endpoint. Check the path: no typing mistake, no "
            "slash at its end."
        ),
    ),
    (response(413), "Refused (413): the body is too large: /users/track takes 4 MB."),
    (response(415), "Refused (415): the header Content-Type must be application/json."),
    (
        response(429, headers={"X-Ratelimit-Retry-After": "1500"}),
        "Refused (429): too many requests. Wait 1,500 s before you send again.",
    ),
    (
        response(429, headers=used_up(IN_A_MINUTE)),
        "Refused (429): too many requests. Wait 60 s before you send again.",
    ),
    (response(429), "Refused (429): too many requests. Wait before you send again."),
    (
        response(307),
        (
            "Refused (307): the server points elsewhere. Braze's webhooks do not follow "
            "redirects, nor do we."
        ),
    ),
    (
        response(503, {"message": "oops"}),
        (
            "Outcome unknown (503): the server failed; Braze says “oops”. The request may have "
            "been applied: look at the profile before you send it again."
        ),
    ),
    (
        response(500, "<html>"),
        (
            "Outcome unknown (500): the server failed. The request may have been applied: look "
            "at the profile before you send it again."
        ),
    ),
]


@pytest.mark.parametrize(("answer", "sentence"), SENTENCES, ids=lambda it: repr(it)[:14])
def test_one_plain_sentence(answer, sentence):
    assert answer.summary == sentence


@pytest.mark.parametrize(
    ("headers", "limit", "wait"),
    [
        ({}, None, None),
        ({"X-RateLimit-Limit": "250000"}, RateLimit(limit=250_000), 0),
        (
            {
                "x-ratelimit-limit": "9",
                "x-ratelimit-remaining": "3",
                "x-ratelimit-reset": IN_A_MINUTE,
            },
            RateLimit(9, 3, 60.0),
            0,
        ),
        (used_up(IN_A_MINUTE), RateLimit(None, 0, 60.0), 60),
        (used_up("2"), RateLimit(None, 0, 2.0), 2),
        (used_up("9999999"), RateLimit(None, 0, 9_999_999.0), 9_999_999),
        (used_up("10000000"), RateLimit(None, 0, 0.0), 0),
        ({"X-Ratelimit-Retry-After": "3"}, RateLimit(retry_after=3.0), 3),
        ({"Retry-After": "4"}, RateLimit(retry_after=4.0), 4),
        ({"X-RateLimit-Limit": "many", "Retry-After": "-1"}, None, None),
    ],
)  # fmt: skip
def test_the_rate_limit_in_both_dialects(headers, limit, wait):
    found = response(headers=headers).rate_limit
    assert found == limit
    if found:
        assert found.wait == wait


def test_a_table_of_one_row():
    table = response(body={"message": "success"}).frame()
    assert table.to_dict("records")[0] | {"index": None} == {
        "status": 201,
        "outcome": "accepted",
        "message": "success",
        "input_array": "",
        "index": None,
        "type": "",
    }
    assert len(table) == 1


def test_a_table_of_errors():
    errors = [{"type": "X", "input_array": "events", "index": i} for i in range(2)]
    table = response(body={"message": "success", "errors": errors}).frame()
    assert list(table["index"]) == [0, 1]
    assert list(table["type"]) == ["X", "X"]
    assert str(table["index"].dtype) == "Int64"


def test_the_text_form_is_small():
    answer = response(body={"users": [{"email": "ada@example.com"}]})
    assert repr(answer) == "<Response 201 accepted, 12 ms>"


def test_the_display_escapes_everything():
    odd = "<script>alert(1)</script>"
    answer = response(
        400, {"message": odd, "errors": [{"type": odd, "input_array": odd}]}, {"X": odd}
    )
    html = answer._repr_html_()
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 4
    assert "<b>400 refused</b>" in html


def test_the_display_of_what_is_not_json():
    assert "&lt;html&gt;" in response(502, "<html>")._repr_html_()


KEYS = st.sampled_from(
    ["message", "error", "errors", "type", "index", "input_array", "attributes_processed"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.sampled_from([200, 201, 400, 403, 404, 429, 500]), JSON.map(json.dumps) | st.text())
def test_no_answer_however_odd_is_too_much(status, body):
    """Whatever a server says can be read, tabled and shown."""
    answer = response(status, body)
    assert answer.summary
    assert len(answer.frame()) == max(1, len(answer.errors))
    assert answer._repr_html_().encode()
