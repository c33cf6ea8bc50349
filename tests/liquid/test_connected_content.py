"""`connected_content`: answered from the context by URL, never fetched, and listed as a call."""

import json

import pytest

from b2bkit.liquid import Aborted, Call, Context, Template

URL = "https://api.example/users/7"


def answered(answer, **others):
    return Context(connected_content={URL: answer}, attributes={"user_id": "7"}, **others)


def json_answer(body, status=200):
    return {"status": status, "body": json.dumps(body), "content_type": "application/json"}


@pytest.mark.parametrize(
    ("text", "answer", "rendered"),
    [
        ("{% connected_content URL %}{{connected.name}}", {"name": "Ann"}, "Ann"),
        ("{% connected_content URL :save u %}{{u.name}}{{connected.name}}", {"name": "Ann"}, "Ann"),
        ("{% connected_content URL :save u %}{{u.__http_status_code__}}", {"a": 1}, "200"),
        (
            "{% connected_content URL :save u %}{{u[0].a}}{{u.__http_status_code__}}",
            [{"a": 1}],
            "1",
        ),
        ("[{% connected_content URL %}]", "text", '["text"]'),
        ("[{% connected_content URL %}]", 5, "[5]"),
    ],
)
def test_json_is_saved_and_other_text_takes_the_tags_place(text, answer, rendered):
    template = Template(text.replace("URL", URL))
    assert template.render(answered(json_answer(answer))) == rendered


def test_text_that_is_not_json_takes_the_tags_place():
    template = Template(f"[{{% connected_content {URL} :save u %}}]{{{{u}}}}")
    assert template.render(answered({"status": 200, "body": "plain"})) == "[plain]"


@pytest.mark.parametrize(("body", "text"), [(None, ""), (5, "5"), (True, "true"), ("", "")])
def test_a_body_that_is_no_text_is_printed(body, text):
    assert Template(f"[{{% connected_content {URL} %}}]").render(answered({"body": body})) == (
        f"[{text}]"
    )


def test_a_body_may_be_given_as_data():
    template = Template(f"{{% connected_content {URL} %}}{{{{connected.a.b}}}}")
    assert template.render(answered({"body": {"a": {"b": 1}}})) == "1"


@pytest.mark.parametrize("status", [199, 301, 404, 500])
def test_a_failed_call_saves_nothing(status):
    text = (
        f"{{% assign u = 'old' %}}{{% connected_content {URL} :save u %}}"
        "[{{u.a}}{{u.__http_status_code__}}{{u}}]"
        "{% if u.__http_status_code__ != 200 %}{% abort_message('guard') %}{% endif %}"
    )
    preview = Template(text).preview(answered(json_answer({"a": 1}, status)))
    assert (preview.text, preview.aborted) == ("[]", "guard")


@pytest.mark.parametrize(
    "tag",
    [
        "connected_content https://api.example/users/{{${user_id}}}",
        "connected_content https://api.example/users/${user_id}",
        "connected_content https://api.example/users/{{ ${user_id} | plus: {{ 0 | times: 2 }} }}",
        "connected_content\n  https://api.example/users/{{${user_id}}}\n  :save connected",
        "connected_content {{url}} :no_cache :cache_max_age 900 :basic_auth login",
    ],
)
def test_the_url_may_hold_values(tag):
    template = Template(
        "{% assign url = 'https://api.example/users/7' %}{% " + tag + " %}{{connected.a}}"
    )
    assert template.render(answered(json_answer({"a": "ok"}))) == "ok"


def test_the_calls_that_braze_would_make_are_listed_in_order():
    text = (
        '{% capture body %}{ "n": "{{${user_id}}}" }{% endcapture %}'
        "{% connected_content https://api.example/users/{{${user_id}}} :save first %}"
        "{% connected_content https://api.example/{{first.next}} :method post"
        ' :headers { "X-A": "b", "X-B": "{{first.next}}" } :body {{body}}'
        " :content_type application/json :save second %}"
        "{% if false %}{% connected_content https://api.example/never %}{% endif %}"
    )  # fmt: skip
    preview = Template(text).preview(answered(json_answer({"next": "p/2"})))
    assert preview.calls == (
        Call(URL, "GET", None, "first", 200),
        Call("https://api.example/p/2", "POST", '{ "n": "7" }', "second", None),
    )


@pytest.mark.parametrize(
    ("options", "body"),
    [
        (":body a=1&b={{${user_id}}}", "a=1&b=7"),
        (":body a=1&b={{${user_id}}} :content_type application/json", '{"a": "1", "b": "7"}'),
        (':body {"a":{{${user_id}}}} :content_type application/json', '{"a":7}'),
        ("", None),
    ],
)
def test_the_body_is_json_where_the_type_says_so(options, body):
    preview = Template(f"{{% connected_content {URL} :method post {options} %}}").preview(
        answered({"body": "ok"})
    )
    assert [(call.method, call.body) for call in preview.calls] == [("POST", body)]


def test_a_method_that_braze_does_not_know_is_noted():
    preview = Template(f"{{% connected_content {URL} :method put %}}").preview(answered({}))
    assert [call.method for call in preview.calls] == ["GET"]
    assert [(f.id, f.severity, f.column) for f in preview.findings] == [
        ("connected-content-method", "error", 4)
    ]


def test_a_url_without_an_answer_counts_as_nothing_and_a_preview_says_so():
    preview = Template(f"x\n{{% connected_content {URL} :retry %}}[{{{{connected.a}}}}]").preview()
    assert (preview.text, preview.aborted) == ("x\n[]", None)
    (finding,) = preview.findings
    assert (finding.id, finding.severity) == ("connected-content-unanswered", "warning")
    assert (finding.line, finding.column) == (2, 4)
    assert URL in finding.message


def test_a_call_that_still_fails_when_retried_aborts_in_the_end():
    text = f"{{% connected_content {URL} :retry %}}rest"
    preview = Template(text).preview(answered(json_answer({}, 500)))
    assert preview.text == "rest"
    assert preview.aborted == f"GET {URL} answered 500, also when it was retried"
    with pytest.raises(Aborted, match="answered 500"):
        Template(text).render(answered(json_answer({}, 500)))


def test_an_abort_wins_over_a_retry():
    text = f"{{% connected_content {URL} :retry %}}{{% abort_message('mine') %}}"
    assert Template(text).preview(answered(json_answer({}, 500))).aborted == "mine"


LIQUID = "Hi {{${first_name}}}"
ANN = {"attributes": {"first_name": "Ann", "city": "Rome"}}


@pytest.mark.parametrize(
    ("body", "text", "rendered"),
    [
        (LIQUID, "{{${first_name}}} [{% connected_content URL :rerender %}]", "Ann [Hi Ann]"),
        (LIQUID, "[{% connected_content URL %}]", "[Hi {{${first_name}}}]"),
        (LIQUID, "[{% connected_content URL :rerender %}]", "[Hi ]"),
        (
            json.dumps({"a": [LIQUID]}),
            "{{${first_name}}}{% connected_content URL :rerender %}{{connected.a[0]}}",
            "AnnHi Ann",
        ),
        ("{{ '{{1}}' }}", "{% connected_content URL :rerender %}", "{{1}}"),
    ],
)
def test_rerender_knows_only_the_fields_that_the_message_mentions(body, text, rendered):
    context = Context(connected_content={URL: {"status": 200, "body": body}}, **ANN)
    assert Template(text.replace("URL", URL)).render(context) == rendered


def test_a_field_that_rerendered_liquid_cannot_read_is_noted():
    context = Context(connected_content={URL: {"body": "{{${city}}}"}}, **ANN)
    (finding,) = Template(f"{{% connected_content {URL} :rerender %}}").preview(context).findings
    assert (finding.id, finding.column) == ("rerender-field-unknown", 4)
    assert "${city}" in finding.message


def test_rerendered_liquid_that_does_not_parse_is_a_finding_at_the_tag():
    context = Context(connected_content={URL: {"body": "{{ a | }}"}})
    (finding,) = Template(f" {{% connected_content {URL} :rerender %}}").preview(context).findings
    assert (finding.id, finding.severity, finding.column) == ("runtime-error", "error", 5)
