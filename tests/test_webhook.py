"""A webhook: each part rendered on its own, one shared abort, findings that name their part."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid import Aborted, Context, TemplateError
from b2bkit.webhook import PartError, Request, Webhook, WebhookError

URL = "https://rest.iad-06.braze.com/users/track"
JSON = {"Content-Type": "application/json"}
KEY = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
ADA = Context(
    attributes={"user_id": "ada", "first_name": "Ada"},
    custom_attribute={"visits": 2, "city": "São Paulo"},
)


def webhook(body="{}", url=URL, headers=JSON, method="POST"):
    return Webhook(url, method, headers, body)


def test_every_part_is_rendered():
    made = Webhook(
        url="https://rest.iad-06.braze.com/{{${user_id}}}",
        method="put",
        headers={"X-User": "{{${first_name}}}", **JSON},
        body='{"n": {{custom_attribute.${visits} | plus: 1}}}',
    )
    assert made.render(ADA) == Request(
        "PUT",
        "https://rest.iad-06.braze.com/ada",
        {"X-User": "Ada", "Content-Type": "application/json"},
        '{"n": 3}',
    )


def test_variables_do_not_travel_between_parts():
    made = webhook(
        url=URL + "{% assign x = 'seen' %}",
        headers={"X": "{% assign y = 'seen' %}{{x}}"},
        body='"{{x}}{{y}}"',
    )
    assert made.render().body == '""'
    assert made.render().headers == {"X": ""}


@pytest.mark.parametrize("part", ["url", "headers", "body"])
def test_an_abort_in_one_part_aborts_all(part):
    stop = "{% abort_message('not today') %}"
    change = {"url": URL + stop, "headers": {"X": stop}, "body": stop}[part]
    made = webhook(**{part: change})
    with pytest.raises(Aborted) as caught:
        made.render(ADA)
    assert caught.value.reason == "not today"
    shown = made.preview(ADA)
    assert (shown.request, shown.aborted) == (None, "not today")


@pytest.mark.parametrize(
    ("change", "part", "line", "column"),
    [
        ({"url": URL + "{{ ${a }}"}, "url", 1, 42),
        ({"headers": {"X-A": "{% if %}"}}, "header X-A", 1, None),
        ({"body": '{\n  "a": {{ ${a }}\n}'}, "body", 2, 8),
        ({"body": {"{{ ${a }}": "1"}}, "body name {{ ${a }}", 1, 1),
        ({"body": {"a": "{{ ${a }}"}}, "body value a", 1, 1),
    ],
)
def test_wrong_liquid_says_which_part(change, part, line, column):
    made = webhook(**change)
    for use in (made.render, lambda: made.fields):
        with pytest.raises(TemplateError) as caught:
            use()
        assert isinstance(caught.value, PartError)
        assert (caught.value.part, caught.value.line) == (part, line)
        assert str(caught.value).startswith(f"In the {part}: ")
    (finding,) = made.preview().findings
    assert (finding.id, finding.severity) == ("template-error", "error")
    assert (finding.part, finding.line, finding.column) == (part, line, caught.value.column)
    if column:
        assert finding.column == column
    assert made.preview().request is None


def test_every_wrong_part_is_found():
    made = webhook(url=URL + "{{", body="{{")
    assert [it.part for it in made.preview().findings] == ["url", "body"]


@pytest.mark.parametrize(
    ("change", "part", "words"),
    [
        ({"method": "PATCH"}, "method", "use PUT"),
        ({"method": "HEAD"}, "method", "use one of POST, GET, PUT, DELETE"),
        ({"method": "GET"}, "body", "A GET webhook has no body"),
        ({"headers": {"Content-Type:": "x"}}, "header Content-Type:", "not a header name"),
        ({"headers": {"A": "", "a": ""}}, "header a", "given twice"),
    ],
)
def test_what_braze_could_not_have(change, part, words):
    with pytest.raises(WebhookError) as caught:
        webhook(**change)
    assert caught.value.part == part
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("change", "part", "words"),
    [
        ({"url": "{{custom_attribute.${city}}}"}, "url", "url_param_escape"),
        ({"url": "https://x.y/{{custom_attribute.${city}}}"}, "url", "url_param_escape"),
        ({"url": "{{custom_attribute.${none}}}"}, "url", "The URL is blank."),
        ({"headers": {"X": "a\n{{${user_id}}}"}}, "header X", "holds a line break"),
    ],
)
def test_what_cannot_be_sent_once_rendered(change, part, words):
    made = webhook(**change)
    with pytest.raises(WebhookError, match=words):
        made.render(ADA)
    shown = made.preview(ADA)
    assert shown.request is None
    (finding,) = shown.findings
    assert (finding.id, finding.severity, finding.part) == ("not-a-request", "error", part)


def test_url_param_escape_helps():
    made = webhook(url="https://x.y/{{custom_attribute.${city} | url_param_escape}}")
    assert made.render(ADA).url == "https://x.y/S%C3%A3o%20Paulo"


def test_get_has_no_body():
    assert Webhook(URL, "GET").render() == Request("GET", URL)


def test_key_value_mode():
    """Names and values are rendered each on its own; all values are sent as JSON texts."""
    made = webhook(body={"{{${user_id}}}": "{{custom_attribute.${visits}}}", "q": 'a"b'})
    shown = made.preview(ADA)
    assert shown.request.json == {"ada": "2", "q": 'a"b'}
    (finding,) = shown.findings
    assert (finding.id, finding.severity, finding.part) == ("key-value-typing", "info", "body")


def test_fields_of_all_parts_each_once():
    made = webhook(
        url=URL + "?u={{${user_id}}}",
        headers={"X": "{{custom_attribute.${visits}}}"},
        body="{{${user_id}}} {{event_properties.${n} | plus: 1}}",
    )
    assert [str(it) for it in made.fields] == [
        "${user_id}",
        "custom_attribute.${visits}",
        "event_properties.${n}",
    ]


def test_findings_of_a_run_name_their_part():
    """A division by zero prints its error as stock Liquid does, and is a finding."""
    made = webhook(headers={"X": "{{ 1 | divided_by: 0 }}"})
    findings = made.preview(ADA).findings
    assert [it.part for it in findings] == ["header X"]


def test_connected_content_is_listed_for_all_parts():
    call = "{% connected_content https://a.example/{{${user_id}}} :save x %}"
    shown = webhook(headers={"X": call}, body=call + "{}").preview(ADA)
    assert [it.url for it in shown.calls] == ["https://a.example/ada"] * 2


def test_a_finding_in_a_content_block_names_the_part_and_the_block():
    context = ADA.replace(content_blocks={"greeting": "Hello\n{{${first_name} | titleize}}"})
    findings = webhook(body='"{{content_blocks.${greeting}}}"').preview(context).findings
    found = next(it for it in findings if it.id == "unsupported-filter")
    assert (found.part, found.line) == ("body, content block greeting", 2)


def test_content_blocks_come_from_the_context():
    context = ADA.replace(content_blocks={"greeting": "Hello {{${first_name}}}"})
    assert webhook(body='"{{content_blocks.${greeting}}}"').render(context).json == "Hello Ada"


def test_a_key_is_taken_out_of_the_header():
    made = webhook(headers={"Authorization": f"Bearer {KEY}"})
    assert made.headers == {"Authorization": "Bearer YOUR_API_KEY"}
    assert made.found_key.reveal() == KEY
    assert made.render(ADA).found_key is None


def test_a_key_that_liquid_put_in_is_taken_out_of_the_request():
    made = webhook(headers={"Authorization": "Bearer {{custom_attribute.${key}}}"})
    assert made.found_key is None
    request = made.render(Context(custom_attribute={"key": KEY}))
    assert request.headers == {"Authorization": "Bearer YOUR_API_KEY"}
    assert request.found_key.reveal() == KEY


def test_a_webhook_is_a_value():
    assert webhook() == webhook()
    assert hash(webhook()) == hash(webhook())
    assert hash(webhook(body={"a": "1"})) == hash(webhook(body={"a": "1"}))
    assert repr(webhook('{"secret": 1}')) == f"<Webhook POST {URL}>"


TRACK = """\
[webhook]
url = "https://rest.iad-06.braze.com/users/track"
method = "POST"
body = '''
{
  "a": "{{${user_id}}}"
}'''

[webhook.headers]
Content-Type = "application/json"
Authorization = "Bearer YOUR_API_KEY"
"""


def test_toml(tmp_path):
    made = Webhook.from_toml(TRACK)
    assert made.body == '{\n  "a": "{{${user_id}}}"\n}'
    assert made.to_toml() == TRACK
    path = tmp_path / "it.toml"
    path.write_text(TRACK, "utf-8")
    assert Webhook.from_toml(path) == Webhook.from_toml(str(path)) == made


def test_a_key_in_toml_is_found_and_not_written():
    made = Webhook.from_toml(TRACK.replace("YOUR_API_KEY", KEY))
    assert made.found_key.reveal() == KEY
    assert made.to_toml() == TRACK


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[webhook", "The TOML cannot be read"),
        ("a = 1", "holds no webhooks where one [webhook] is needed"),
        ('[[webhook]]\nurl="a"\n[[webhook]]\nurl="b"', "holds 2 webhooks"),
        ("webhook = 3", "holds 1 webhooks where one [webhook] is needed"),
        ('[webhook]\nmethod = "POST"', "has no url"),
        ("[webhook]\nurl = 3", "url must be a text"),
        ('[webhook]\nurl = "x"\nbody = 3', "[webhook.body] must be a table"),
        ('[webhook]\nurl = "x"\n[webhook.headers]\nA = 3', "[webhook.headers] must be a table"),
        ('[webhook]\nurl = "x"\nheader = "y"', "has no header. Did you mean headers?"),
    ],
)
def test_toml_that_is_no_webhook(text, words):
    with pytest.raises(WebhookError) as caught:
        Webhook.from_toml(text)
    assert words in str(caught.value)


def test_a_file_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        Webhook.from_toml(Path("nowhere.toml"))


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NAME = st.text("abcXYZ-_09", min_size=1)


@given(
    url=TEXT,
    headers=st.dictionaries(NAME, TEXT, max_size=3).filter(
        lambda it: len({name.lower() for name in it}) == len(it) and "authorization" not in it
    ),
    body=TEXT | st.none() | st.dictionaries(TEXT, TEXT, max_size=3),
)
def test_toml_gives_every_webhook_back(url, headers, body):
    made = Webhook(url, "POST", headers, body)
    assert Webhook.from_toml(made.to_toml()) == made
