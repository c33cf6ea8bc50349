"""Each rule of `diagnose` with texts that it fires at, and with texts that it leaves alone."""

import pytest

from b2bkit.findings import SEVERITIES
from b2bkit.liquid import Template, TemplateError
from b2bkit.liquid.diagnosis import RULES, diagnose

HOUR = "{% assign hour = 'now' | date: '%H' %}"
HOUR_AS_NUMBER = "{% assign hour = 'now' | date: '%H' | plus: 0 %}"

# id, severity, column of the finding, text
FIRES = [
    ("curly-quotes", "error", 12, "{% if x == “Bob” %}a{% endif %}"),
    ("curly-quotes", "error", 14, "{{ x | date: ‘%F’ }}"),
    ("curly-quotes", "error", 6, "{{ a — b }}"),
    ("curly-quotes", "error", 18, "{% abort_message(“why”) %}"),
    ("triple-braces", "error", 1, "{{{api_trigger_properties.${k}}}}"),
    ("triple-braces", "error", 1, "{{{${k}}}: 1}"),
    ("triple-braces", "error", 7, "{% if {{{x}}} == 1 %}a{% endif %}"),
    ("nested-braces", "info", 7, "{% if {{custom_attribute.${x}}} == 'y' %}a{% endif %}"),
    ("nested-braces", "info", 15, "{% assign n = {{a}} | plus: {{b}} %}"),
    ("nested-braces", "info", 14, "{{ a | plus: {{b | times: 2}} }}"),
    ("assign-over-lines", "warning", 15, "{% assign n = ${a}\n | plus: 1 %}"),
    ("bare-reference", "warning", 7, "Hello ${first_name}!"),
    ("bare-reference", "warning", 2, '"custom_attribute.${zip code}"'),
    ("abort-reason-liquid", "warning", 19, "{% abort_message('{{${x}}} is wrong') %}"),
    ("abort-reason-liquid", "warning", 18, "{% abort_message(${x}) %}"),
    ("filter-in-condition", "error", 9, "{% if a | size > 5 %}b{% endif %}"),
    ("filter-in-condition", "error", 13, "{% unless a | size %}b{% endunless %}"),
    ("filter-in-condition", "error", 11, "{% case a | upcase %}{% when 'A' %}{% endcase %}"),
    ("filter-in-condition", "error", 18, "{% for x in list | sort %}b{% endfor %}"),
    ("filter-in-condition", "error", 12, "{{ items[a | minus: 1] }}"),
    ("filter-in-condition", "warning", 11, "{% if {{a | size}} == 1 %}b{% endif %}"),
    ("comparison-in-assign", "error", 21, "{% assign v = total > 100 %}"),
    ("comparison-in-assign", "error", 17, "{% assign v = a and b %}"),
    ("comparison-in-assign", "error", 6, "{{ a == b }}"),
    ("symbolic-and-or", "error", 9, "{% if a && b %}c{% endif %}"),
    ("symbolic-and-or", "error", 14, "{% if a == 1 || b == 2 %}c{% endif %}"),
    ("symbolic-and-or", "error", 18, "{{ ${first_name} || 'you' }}"),
    ("parentheses-in-condition", "error", 12, "{% if a or (b and c) %}d{% endif %}"),
    ("parentheses-in-condition", "error", 7, "{% if (a) %}d{% endif %}"),
    ("foreign-operator", "error", 9, "{% if a = 1 %}b{% endif %}"),
    ("foreign-operator", "error", 9, "{% if a === 1 %}b{% endif %}"),
    ("foreign-operator", "error", 7, "{% if not a %}b{% endif %}"),
    ("foreign-operator", "error", 7, "{% if !a %}b{% endif %}"),
    ("foreign-operator", "error", 9, "{% if a AND b %}c{% endif %}"),
    ("foreign-operator", "error", 17, "{% assign n = n + 1 %}"),
    ("foreign-operator", "error", 6, "{{ a - b }}"),
    ("literal-alone", "warning", 19, "{% if a == 'b' or 'c' %}d{% endif %}"),
    ("literal-alone", "warning", 17, "{% if a == 1 or 2 %}b{% endif %}"),
    ("else-with-condition", "error", 19, "{% if a %}{% else if b %}c{% endif %}"),
    ("reversed-too-late", "warning", 25, "{% for x in a limit: 2, reversed %}{{x}}{% endfor %}"),
    (
        "reversed-too-late",
        "warning",
        36,
        "{% for x in {{a}} offset:n limit:2 reversed %}{% endfor %}",
    ),
    ("else-with-condition", "error", 19, "{% if a %}{% else b == 1 %}c{% endif %}"),
    ("text-compared-with-number", "error", 45, f"{HOUR}{{% if hour > 12 %}}a{{% endif %}}"),
    ("text-compared-with-number", "error", 45, f"{HOUR}{{% if hour == 12 %}}a{{% endif %}}"),
    (
        "text-compared-with-number",
        "error",
        62,
        f"{HOUR_AS_NUMBER}{{% if hour > '12' %}}a{{% endif %}}",
    ),
    ("text-compared-with-number", "error", 7, "{% if '5' == 5 %}a{% endif %}"),
    ("text-compared-with-number", "error", 23, "{% if {{a | size}} == '1' %}b{% endif %}"),
    (
        "text-compared-with-number",
        "error",
        64,
        "{% assign n = ${a} | plus: 0 %}{% case n %}{% when 1 %}{% when '3' %}{% endcase %}",
    ),
    (
        "text-compared-with-number",
        "warning",
        60,
        "{% assign n = custom_attribute.${n} | default: '0' %}{% if n < 3 %}a{% endif %}",
    ),
    (
        "compared-both-ways",
        "warning",
        53,
        "{% case custom_attribute.${n} %}{% when 1 %}{% when '2' %}{% endcase %}",
    ),
    (
        "compared-both-ways",
        "warning",
        35,
        "{% if ${a} > 3 %}{% elsif ${a} == '1' %}b{% endif %}",
    ),
    ("unsupported-filter", "error", 8, "{{ x | nonsense }}"),
    ("unsupported-filter", "error", 8, "{{ x | pluralize: 'item', 'items' }}"),
    ("unsupported-filter", "error", 38, "{% connected_content https://x/{{y | nonsense}} %}"),
    ("unlisted-filter", "warning", 8, "{{ x | url_decode }}"),
    ("unsupported-tag", "error", 4, "{% render 'block' %}"),
    ("unsupported-tag", "error", 4, "{% include 'block' %}"),
    ("unsupported-tag", "error", 14, "{% if x %}{% elseif y %}{% endif %}"),
    ("unlisted-tag", "warning", 4, "{% cycle 'a', 'b' %}"),
    ("local-shadows-tag", "warning", 11, "{% assign language = 'de' %}"),
    ("local-shadows-tag", "warning", 12, "{% capture context %}x{% endcapture %}"),
    ("now-without-quotes", "error", 4, "{{ now | date: '%F' }}"),
    ("now-without-quotes", "error", 15, "{% assign t = now | date: '%F' %}"),
    ("attribute-without-dollar", "warning", 3, "{{first_name}}"),
    ("attribute-without-dollar", "warning", 7, "{% if country == 'DE' %}a{% endif %}"),
    (
        "whole-value-printed",
        "warning",
        56,
        "{% for x in event_properties.${items} %}a{% endfor %}{{event_properties.${items}}}",
    ),
    (
        "whole-value-printed",
        "warning",
        39,
        "{{custom_attribute.${address}.city}}{{custom_attribute.${address}}}",
    ),
    (
        "whole-value-printed",
        "warning",
        38,
        "{{custom_attribute.${a.b[0].name}}}{{custom_attribute.${a}.b}}",
    ),
    ("whole-value-printed", "warning", 4, "{{ x | split: ',' }}"),
    ("whole-value-printed", "warning", 40, "{% assign l = x | split: ',' %}Look: {{l}}"),
    ("whole-value-printed", "warning", 3, "{{${most_recent_location}}}"),
    ("tag-of-other-channel", "error", 3, "{{targeted_device.${os}}}"),
    ("tag-of-other-channel", "error", 3, "{{${set_user_to_unsubscribed_url}}}"),
    ("tag-of-other-channel", "error", 3, "{{card.${name}}}"),
    ("tag-of-other-channel", "error", 3, "{{app.${name}}}"),
    ("tag-of-other-channel", "warning", 3, "{{sms.${inbound_message_body}}}"),
    ("tag-of-other-channel", "warning", 3, "{{whats_app.${inbound_profile_name}}}"),
]

# id, a text that looks like it and is right
SILENT = [
    ("curly-quotes", "{% if x == 'It’s “Bob”' %}a{% endif %}"),
    ("curly-quotes", "“{{x}}” – said {{y}}"),
    ("curly-quotes", "{% abort_message('“why”') %}"),
    ("curly-quotes", "{% comment %}{{ “x” }}{% endcomment %}{% raw %}{{ “x” }}{% endraw %}"),
    ("curly-quotes", '{% connected_content https://x :body {"a":“b”} %}'),
    ("triple-braces", '{"a":{{event_properties.${n}}}}'),
    ("triple-braces", "{% raw %}{{{x}}}{% endraw %}"),
    ("triple-braces", "{{ '{{{' }}"),
    ("triple-braces", "{ {{x}}: 1}"),
    ("nested-braces", '{"a": {"b": {{x}}}}'),
    ("nested-braces", "{% connected_content https://x/{{${user_id}}} :save r %}"),
    ("nested-braces", "{% assign n = {{custom_attribute.${a}}}\n | plus: {{${b}}} %}"),
    ("nested-braces", "{% raw %}{% if {{x}} %}{% endraw %}"),
    ("assign-over-lines", "{% assign n = {{${a}}}\n | plus: 1 %}"),
    ("assign-over-lines", "{% assign n = a\n | plus: 1 %}"),
    ("assign-over-lines", "{% liquid\n assign n = ${a} | plus: 1\n echo n %}"),
    ("bare-reference", "You have ${{custom_attribute.${balance}}}"),
    ("bare-reference", "${{ 5 | money }}"),
    ("bare-reference", "{% raw %}${first_name}{% endraw %}{% comment %}${x}{% endcomment %}"),
    ("bare-reference", '{"$": "${", "b": "$x"}'),
    ("abort-reason-liquid", "{% abort_message('costs $5 {a}') %}"),
    ("abort-reason-liquid", "{% abort_message %}{{${x}}}"),
    ("filter-in-condition", "{{ a | size }}{% assign b = a | size %}{% if b > 5 %}c{% endif %}"),
    ("filter-in-condition", "{% if a == 'x | size' %}b{% endif %}"),
    ("filter-in-condition", "{% capture x %}{{ a | size }}{% endcapture %}"),
    ("comparison-in-assign", "{% assign v = 'a > b and c' %}"),
    (
        "comparison-in-assign",
        "{% assign v = x.contains %}{% assign and = 1 %}{{ x | append: '==' }}",
    ),
    ("comparison-in-assign", "{% if a == b and c > 1 %}d{% endif %}"),
    ("symbolic-and-or", "{% if a == '&&' %}b{% endif %} && || {{ 'a || b' }}"),
    ("symbolic-and-or", "{% connected_content https://x/?a=1&&b=2 %}"),
    ("parentheses-in-condition", "{% if a == '(x)' %}b{% endif %}"),
    ("parentheses-in-condition", "{% if (1..3) contains a %}b{% endif %}"),
    ("parentheses-in-condition", "{% for i in (1..3) %}b{% endfor %}{% abort_message('x') %}"),
    ("foreign-operator", "{% assign a = 1 %}{% if a != -1 %}b{% endif %}{{ a | plus: -1 }}"),
    ("foreign-operator", "{% if a.not == 'not' and not-a == 1 %}b{% endif %}"),
    ("foreign-operator", "{{ custom_attribute.${a+b - c/d} }}{{- a -}}"),
    ("foreign-operator", "{% for item in items reversed limit: 3 %}a{% endfor %}"),
    ("literal-alone", "{% if a == 'b or c' or a == 'd' %}e{% endif %}{% if a or b %}f{% endif %}"),
    ("literal-alone", "{% case a %}{% when 'b' or 'c' %}d{% endcase %}{% if 1 %}e{% endif %}"),
    ("reversed-too-late", "{% for x in a reversed limit:2 %}{% endfor %}"),
    ("reversed-too-late", "{% for x in reversed limit:reversed %}{% endfor %}"),
    ("else-with-condition", "{% if a %}{% else %}b{% endif %}{% if a %}{%- else -%}b{% endif %}"),
    ("text-compared-with-number", f"{HOUR_AS_NUMBER}{{% if hour > 12 %}}a{{% endif %}}"),
    ("text-compared-with-number", f"{HOUR}{{% if hour == '12' %}}a{{% endif %}}"),
    (
        "text-compared-with-number",
        (
            "{% assign a = ${x} | date: '%s' %}{% assign b = 'now' | date: '%s' %}"
            "{% if a >= b %}c{% endif %}"
        ),
    ),
    (
        "text-compared-with-number",
        "{% assign h = 'now' | date: '%H' %}{% assign h = h | plus: 0 %}{% if h > 3 %}a{% endif %}",
    ),
    ("text-compared-with-number", "{% if custom_attribute.${n} > 5 %}a{% endif %}"),
    ("text-compared-with-number", "{% if custom_attribute.${n} == '5' %}a{% endif %}"),
    (
        "text-compared-with-number",
        "{% assign n = ${a} | plus: 0 %}{% if n == '' or n == blank %}b{% endif %}",
    ),
    (
        "text-compared-with-number",
        "{% assign n = ${a} | default: 0 %}{% if n < 3 %}b{% endif %}",
    ),
    (
        "text-compared-with-number",
        "{% assign n = ${a} | default: 'none' %}{% if n == 3 %}b{% endif %}",
    ),
    ("text-compared-with-number", "{% if items.size > 3 and forloop.index == 1 %}a{% endif %}"),
    (
        "compared-both-ways",
        "{% case custom_attribute.${n} %}{% when 1, '1' %}{% when '2' or 2 %}{% endcase %}",
    ),
    ("compared-both-ways", "{% if ${a} == 1 %}{% elsif ${b} == '2' %}c{% endif %}"),
    (
        "compared-both-ways",
        (
            "{% for a in b %}{% if a == 1 %}{% endif %}{% endfor %}"
            "{% for a in c %}{% if a == '2' %}{% endif %}{% endfor %}"
        ),
    ),
    ("unsupported-filter", "{{ x | default: 'a | nonsense' | json_escape }}"),
    ("unsupported-filter", "{% raw %}{{ x | nonsense }}{% endraw %} | nonsense"),
    ("unlisted-filter", "{{ x | url_encode | url_param_escape | base64_encode }}"),
    (
        "unsupported-tag",
        "{% raw %}{% render 'x' %}{% endraw %}{% comment %}{% nope %}{% endcomment %}",
    ),
    ("unsupported-tag", "{% liquid\n assign a = 1\n # note\n if a\n echo a\n endif %}"),
    ("unsupported-tag", "{% # note %}{%- message_extras :key a :value b -%}"),
    ("unlisted-tag", "{% for a in b %}{% break %}{% endfor %}{% echo 'cycle' %}"),
    ("local-shadows-tag", "{% assign my_language = ${language} %}{% assign cities = 1 %}"),
    ("now-without-quotes", "{{ 'now' | date: '%F' }}{{ \"now\" | date: '%F' }}"),
    ("now-without-quotes", "{% assign now = 'now' | date: '%s' %}{{ now }}"),
    ("now-without-quotes", "{{ item.now }}{{ custom_attribute.${now} }}"),
    ("attribute-without-dollar", "{% assign city = ${city} %}{{ city }}"),
    ("attribute-without-dollar", "{% for country in x %}{{ country }}{% endfor %}"),
    ("attribute-without-dollar", "{{ item.city }}{{ 'country' }}{{ connected.language }}"),
    ("whole-value-printed", "{% for x in ${items} %}{{x}}{% endfor %}{{ ${items} | join: ', ' }}"),
    (
        "whole-value-printed",
        "{% for x in ${items} %}{{x}}{% endfor %}{{ ${items} | as_json_string }}",
    ),
    ("whole-value-printed", "{% for x in ${items} %}{{x}}{% endfor %}{{ ${items}.size }}"),
    (
        "whole-value-printed",
        "{% for x in ${a} %}{{x.name}}{% endfor %}{% for x in ${b} %}{{x}}{% endfor %}",
    ),
    ("whole-value-printed", "{% assign l = x | split: ',' %}{% assign l = l | join: ' ' %}{{l}}"),
    ("whole-value-printed", "{{ x | split: ',' | first }}{{ x.size }}{{ x }}"),
    ("tag-of-other-channel", "{{most_recently_used_device.${os}}}{{campaign.${name}}}"),
    (
        "tag-of-other-channel",
        "{{custom_attribute.${unsubscribe_url}}}{% raw %}{{card.${x}}}{% endraw %}",
    ),
]

RIGHT = [
    (
        '{"attributes": [{"external_id": "{{${user_id}}}", "visits": '
        "{{custom_attribute.${visits} | default: 0 | plus: 1}}}]}"
    ),
    (
        '{"items": [{% for item in event_properties.${items} %}"{{item.name | json_escape}}"'
        "{% unless forloop.last %},{% endunless %}{% endfor %}]}"
    ),
    (
        "{% assign visits = custom_attribute.${visits} | default: 0 %}{% if visits >= 3 %}"
        "{% abort_message('seen three times') %}{% endif %}"
    ),
    (
        "{% connected_content https://example.com/{{${user_id}}} :save answer %}"
        "{% if answer.__http_status_code__ != 200 %}{% abort_message %}{% endif %}{{answer.name}}"
    ),
    "{% catalog_items games {{event_properties.${id}}} %}{{items[0].title}}",
    "{% case ${country} %}{% when 'DE', 'AT' %}Hallo{% else %}Hello{% endcase %}",
    "{{ 'now' | time_zone: ${time_zone} | date: '%F' }}",
    "no Liquid at all: { } %} }} $ “ ” && || ( )",
    "",
]


@pytest.mark.parametrize(
    ("rule", "severity", "column", "text"), FIRES, ids=[f"{row[0]}: {row[3]}" for row in FIRES]
)
def test_a_rule_fires_at_what_it_is_for(rule, severity, column, text):
    found = [it for it in diagnose(text) if it.id == rule]
    assert [(it.severity, it.part, it.line, it.column) for it in found] == [
        (severity, "template", 1, column)
    ]
    assert found[0].message.endswith(".")
    assert found[0].remedy[-1] in ".?"
    assert found[0].source


@pytest.mark.parametrize(("rule", "text"), SILENT, ids=[f"{row[0]}: {row[1]}" for row in SILENT])
def test_a_rule_is_silent_where_the_text_is_right(rule, text):
    assert [it for it in diagnose(text) if it.id == rule] == []


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_text_gives_nothing(text):
    assert diagnose(text) == []


def test_every_rule_has_texts_that_fire_and_texts_that_are_silent():
    assert {row[0] for row in FIRES} == {row[0] for row in SILENT} == {rule.id for rule in RULES}


def test_rule_ids_are_kebab_case_and_each_is_there_once():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(part.isalpha() and part.islower() for it in ids for part in it.split("-"))
    assert all(rule.severity in SEVERITIES for rule in RULES)


EXPLAINED = [
    row for row in FIRES if row[1] == "error" and {r.id: r for r in RULES}[row[0]].explains
]


@pytest.mark.parametrize("text", [row[3] for row in EXPLAINED if "abort_message" not in row[3]])
def test_what_explains_a_parse_error_stands_where_the_parser_refuses(text):
    with pytest.raises(TemplateError):
        Template(text)


@pytest.mark.parametrize("text", [row[3] for row in EXPLAINED])
def test_a_parse_error_that_a_rule_explains_is_not_said_twice(text):
    assert [it for it in diagnose(text) if it.id == "template-error"] == []


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("{{ x | upcse }}", "Did you mean `upcase`?"),
        ("{{ x | Upcase }}", "Did you mean `upcase`?"),
        ("{{ x | json }}", "Use `as_json_string`, or `json_escape` inside quotes."),
        ("{{ x | handleize }}", "Use `downcase` and `replace: ' ', '-'`."),
        ("{{ x | zzzzz }}", "See docs/liquid.md for what it has."),
        ("{% abort_mesage %}", "Did you mean `abort_message`?"),
        ("{% elseif x %}", "Did you mean `elsif`?"),
        ("{% render 'x' %}", "Use a content block: `{{content_blocks.${name}}}`."),
    ],
)
def test_an_unknown_word_comes_with_what_may_have_been_meant(text, remedy):
    assert diagnose(text)[0].remedy == remedy


@pytest.mark.parametrize(
    ("channel", "text", "expected"),
    [
        ("push", "{{targeted_device.${os}}}", []),
        ("in_app_message", "{{targeted_device.${os}}}{{app.${name}}}", []),
        ("email", "{{${set_user_to_unsubscribed_url}}}", []),
        ("content_card", "{{card.${name}}}", []),
        ("sms", "{{sms.${inbound_message_body}}}", []),
        ("whats_app", "{{whats_app.${inbound_message_body}}}", []),
        ("banner", "{{targeted_device.${os}}}", []),
        ("email", "{{targeted_device.${os}}}", ["tag-of-other-channel"]),
        ("a channel of tomorrow", "{{card.${name}}}", ["tag-of-other-channel"]),
    ],
)
def test_a_tag_belongs_to_its_channels(channel, text, expected):
    assert [it.id for it in diagnose(text, channel=channel)] == expected
