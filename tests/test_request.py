"""A request: a value without its key; its JSON, its curl command, its display."""

import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.webhook import Request, WebhookError
from b2bkit.webhook.json_text import read_json

URL = "https://rest.iad-06.braze.com/users/track"
KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
KEYED = {"Content-Type": "application/json", "Authorization": "Bearer YOUR_API_KEY"}


def request(body='{"a": 1}', headers=KEYED, method="POST", url=URL):
    return Request(method, url, headers, body)


def test_headers_keep_order_and_spelling():
    headers = {"X-b": "1", "content-TYPE": "application/json", "A": "2"}
    kept = request(headers=headers).headers
    assert list(kept.items()) == list(headers.items())
    assert kept["Content-Type"] == "application/json"
    assert kept == headers


def test_a_request_is_a_value():
    assert request() == request()
    assert hash(request()) == hash(request())
    assert request() != request(body="{}")
    with pytest.raises(AttributeError):
        request().body = "{}"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (None, None),
        ("", None),
        ('{"a": [1, 2.5, true, null, "ü"]}', {"a": [1, 2.5, True, None, "ü"]}),
        ("  3\n", 3),
        ("{'a': 1}", None),
    ],
)
def test_json(body, value):
    assert request(body).json == value


@pytest.mark.parametrize("body", [None, "{}", '"x"', "\n[1]\n"])
def test_nothing_is_wrong_with(body):
    assert request(body).json_error is None


NOT_JSON = [
    # the body, line, column, the beginning of what is wrong, the trap
    ("", 1, 1, "The text is blank.", ""),
    (" \n ", 1, 1, "The text is blank.", ""),
    ('{\n"a": "O"Brien"}', 2, 9, "A comma or a closing bracket is missing here, or a quote", "T3"),
    ('{"a": "one\ntwo"}', 1, 11, "A line break or a tab stands inside a text.", "T3"),
    ('{"a": "C:\\data"}', 1, 10, "A backslash inside a text must be doubled.", "T3"),
    ('{"a": "one}', 1, 7, "A text begins here with a quote and never ends.", "T3"),
    ("[\n  1,\n  2,\n]", 3, 4, "Nothing follows this comma", "T4"),
    ('{"a": 1,}', 1, 8, "Nothing follows this comma", "T4"),
    ('{"a": 1} // so', 1, 10, "JSON has no comments.", "T4"),
    ('{"a": , "b": 1}', 1, 7, "A value is missing here", "T5"),
    ('{"a": }', 1, 7, "A value is missing here", "T5"),
    ('{"a": True}', 1, 7, "JSON writes true, false and null in small letters; this is True.", ""),
    ('{"a": hats}', 1, 7, "A text must stand in double quotes, and this one does not.", ""),
    ("{'a': 1}", 1, 2, "JSON wants straight double quotes here, not '.", ""),
    ("{“a”: 1}", 1, 2, "JSON wants straight double quotes here, not “.", ""),
    ('{"a" 1}', 1, 6, "A colon is missing here", ""),
    ("{1: 2}", 1, 2, "A name in double quotes is missing here.", ""),
    ('{"a": 1', 1, 8, "The text ends too early", ""),
    ('{"a": 1} {}', 1, 10, "The JSON is complete before this place", ""),
    ("\ufeff{}", 1, 1, "An invisible byte order mark stands before the text.", ""),
    ('{"a": NaN}', 1, 1, "A number cannot be read: JSON has no NaN.", ""),
    ("[" * 100_000, 1, 1, "Lists and objects are nested too deeply.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("body", "line", "column", "words", "trap"), NOT_JSON)
def test_why_a_body_is_not_json(body, line, column, words, trap):
    problem = request(body).json_error
    assert (problem.line, problem.column, problem.trap) == (line, column, trap)
    assert problem.message.startswith(words)
    assert problem.message.endswith(".")
    assert problem.remedy.endswith((".", ")."))
    assert str(problem) == f"line {line}, column {column}: {problem.message}"


@given(st.text(alphabet='{}[],:"\\ \n\ta1tfn/é', max_size=20))
def test_any_text_is_read_or_explained(text):
    value, problem = read_json(text)
    if problem is None:
        assert read_json(text) == (value, None)
        return
    lines = text.split("\n")
    assert 1 <= problem.line <= len(lines)
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@pytest.mark.parametrize(
    ("change", "part", "words"),
    [
        ({"method": "PATCH"}, "method", "cannot PATCH. To change a catalog item, use PUT"),
        ({"method": "FETCH"}, "method", "use one of POST, GET, PUT, DELETE"),
        ({"method": ""}, "method", "A blank method"),
        ({"method": "GET"}, "body", "A GET webhook has no body"),
        ({"url": " "}, "url", "The URL is blank."),
        ({"url": "rest.iad-06.braze.com"}, "url", "must begin with https://"),
        ({"url": "https://x.y/a b"}, "url", "filter url_param_escape"),
        ({"url": "https://me:pw@x.y/"}, "url", "names a user"),
        ({"headers": {"Content Type": "x"}}, "header Content Type", "is not a header name"),
        ({"headers": {"X:": "x"}}, "header X:", "is not a header name"),
        ({"headers": {"": "x"}}, "header ", "is not a header name"),
        ({"headers": {"A": "1", "a": "2"}}, "header a", "is given twice"),
        ({"headers": {"A": "1\r\nB: 2"}}, "header A", "holds a line break"),
    ],
)
def test_what_braze_could_not_send(change, part, words):
    with pytest.raises(WebhookError) as caught:
        request(**change)
    assert caught.value.part == part
    assert words in str(caught.value)


def test_blanks_around_are_cut_and_methods_are_capitals():
    made = Request(" get ", f" {URL}\n", {"A": " 1 "})
    assert (made.method, made.url, made.headers["A"], made.body) == ("GET", URL, "1", None)


def test_a_key_is_taken_out():
    made = request(headers={"authorization": f"Bearer {KEY}"})
    assert made.headers == {"authorization": "Bearer YOUR_API_KEY"}
    assert made.found_key.reveal() == KEY
    assert request().found_key is None


def test_curl():
    assert request(body='{"name": "O\'Brien"}').curl() == (
        "curl -X POST 'https://rest.iad-06.braze.com/users/track' \\\n"
        "  -H 'Content-Type: application/json' \\\n"
        '  -H "Authorization: Bearer $BRAZE_API_KEY" \\\n'
        "  --data-binary '{\"name\": \"O'\\''Brien\"}'"
    )


@pytest.mark.parametrize(
    ("made", "holds"),
    [
        (request(None, method="GET"), "curl -X GET"),
        (request(headers={}), "-H 'Content-Type:'"),
        (request(headers={"X": ""}), "-H 'X;'"),
        (request("@/etc/passwd"), "--data-raw '@/etc/passwd'"),
        (request(url="https://x.y/a[1]{2}"), "curl --globoff -X POST"),
        (
            request(headers={"Authorization": '"Bearer YOUR_API_KEY"'}),
            '\\"Bearer $BRAZE_API_KEY\\"',
        ),
    ],
)
def test_curl_sends_what_braze_would_send(made, holds):
    assert holds in made.curl()


def test_get_has_no_data():
    assert "--data" not in request(None, method="GET").curl()


SHELL_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(SHELL_TEXT)
def test_the_shell_reads_the_body_as_it_is(body):
    """Whatever is in it: no variable, command or quote of the body is the shell's."""
    words = shlex.split(request(body).curl().replace("\\\n", ""))
    assert words[-1] == body


def test_a_real_shell_puts_the_key_in():
    """Only the key's variable is expanded."""
    command = request(body='$HOME `id` "$BRAZE_API_KEY"').curl().replace("curl", "printf '%s|'", 1)
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"BRAZE_API_KEY": "k-1", "HOME": "/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == (
        f"-X|POST|{URL}|-H|Content-Type: application/json|-H|Authorization: Bearer k-1|"
        '--data-binary|$HOME `id` "$BRAZE_API_KEY"|'
    )


def test_the_text_form_is_small():
    """A notebook keeps it; it holds no body and no header."""
    assert repr(request('{"email": "ada@example.com"}')) == f"<Request POST {URL}>"


def test_the_display_escapes_and_folds():
    html = request('{"<b>": "<script>alert(1)</script>"}', {**KEYED, "X": "<i>"})._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html.replace("<b>POST</b>", "")
    assert "<i>" not in html
    assert "&lt;script&gt;" in html
    assert "<details" in html
    assert "Bearer &lt;your key&gt;" in html
    assert "YOUR_API_KEY" not in html
    assert "var(--jp-" in html


def test_the_display_says_where_the_json_breaks():
    html = request('{"a": 1,}')._repr_html_()
    assert "line 1, column 8: Nothing follows this comma" in html


def test_a_long_body_is_cut_in_the_display():
    html = request('"' + "x" * 30_000 + '"')._repr_html_()
    assert "… 10,002 more characters" in html
    assert len(html) < 25_000
