"""What happens to a request before any endpoint sees it."""

import json

import pytest

SOUND = {"attributes": [{"external_id": "ada", "x": 1}]}


def test_a_sound_request_is_accepted(braze):
    answer = braze.post("/users/track", SOUND)
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/users/track/"),
        ("POST", "/users/trac"),
        ("POST", "/"),
        ("POST", ""),
        ("POST", "//users/track"),
        ("GET", "/users/track"),
        ("PUT", "/users/track"),
        ("PATCH", "/users/track"),
        ("GET", "/nowhere"),
    ],
)
def test_a_path_that_is_none_gets_404(braze, method, path):
    answer = braze.http.request(method, path)
    assert (answer.status_code, answer.json()) == (404, {"message": "Invalid URL"})


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "{key}",
        "Bearer",
        "Bearer wrong",
        'Bearer "{key}"',
        "Basic {key}",
        "Token {key}",
        "Bearer {key}x",
        "Bearer YOUR_API_KEY",
    ],
)
def test_without_a_known_key_it_is_401(braze, authorization):
    headers = {"Content-Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization.format(key=braze.sandbox.key)
    answer = braze.http.post("/users/track", json=SOUND, headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"message": "Invalid API key"})
    assert "x" not in braze.sandbox.profile("ada")["custom_attributes"]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(braze, scheme):
    headers = {"Authorization": f"{scheme} {braze.sandbox.key}"}
    assert braze.http.post("/users/track", json=SOUND, headers=headers).status_code == 201


def test_a_key_without_the_permission_gets_403(braze):
    answer = braze.post("/users/export/ids", {"external_ids": ["ada"]}, key="tracker")
    assert (answer.status_code, answer.json()) == (403, {"message": "Access Denied"})


def test_a_key_with_the_permission_is_let_in(braze):
    assert braze.post("/users/track", SOUND, key="tracker").status_code == 201


@pytest.mark.parametrize(
    "media_type", [None, "", "text/plain", "application/x-www-form-urlencoded"]
)
def test_a_body_that_does_not_say_json_gets_415(braze, media_type):
    headers = {} if media_type is None else {"Content-Type": media_type}
    answer = braze.post("/users/track", content=json.dumps(SOUND), headers=headers)
    assert (answer.status_code, answer.json()) == (415, {"message": "Unsupported Media Type"})


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/json; charset=utf-8", "Application/JSON"]
)
def test_a_body_that_says_json_is_read(braze, media_type):
    answer = braze.post(
        "/users/track", content=json.dumps(SOUND), headers={"Content-Type": media_type}
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"attributes": [{"external_id": "ada", "x": }]}',
        b'{"attributes": [{"external_id": "ada"},]}',
        b"{'attributes': []}",
        b'{"attributes": [{"external_id": "O"Neil"}]}',
        b'{"attributes": [{"external_id": "two\nlines"}]}',
        b"\xff\xfe{}",
        b'{"attributes": [{"external_id": "ada", "x": NaN}]}',
        b'{"attributes": [{"external_id": "ada", "x": 1e999}]}',
        b'{"attributes": [{"external_id": "\\ud800"}]}',
        b'{"attributes": [{"external_id": "ada", "x": ' + b"9" * 5000 + b"}]}",
        b"[" * 100_000,
    ],
    ids=repr,
)
def test_a_body_that_is_not_json_gets_400(braze, body):
    answer = braze.post("/users/track", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Error while parsing request body. Please check your syntax."}


def test_a_body_of_more_than_4_mb_gets_413(braze):
    body = {"attributes": [{"external_id": "ada", "x": "x" * 4_000_000}]}
    answer = braze.post("/users/track", body)
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Entity Too Large"})


def test_what_is_checked_first_is_answered_first(braze):
    """Path, then key, then permission, then media type, then body."""
    answers = [
        braze.post("/nowhere", content="{", key=None),
        braze.post("/users/track", content="{", key=None),
        braze.post("/users/export/ids", content="{", key="tracker"),
        braze.post("/users/track", content="{"),
        braze.post("/users/track", content="{", headers={"Content-Type": "application/json"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 401, 403, 415, 400]
