"""Filters in whole templates: chains, the clock, findings with their place, and bombs."""

import pytest

from b2bkit.liquid import Context, Template, TemplateError

AT_NOON = {"now": "2026-03-01T12:00:00Z"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 'now' | date: '%s' | plus: 86400 | date: '%F' }}", "2026-03-02"),
        ("{{ 'now' | time_zone: -0005 | date: '%R %z' }}", "07:00 -0500"),
        ("{{ 'now' | time_zone: '+0530' | date: '%R %z' }}", "17:30 +0530"),
        ("{{ 'now' | time_zone: 'Europe/Madrid' }}", "2026-03-01 13:00:00 +0100"),
        ("{% assign t = 'now' | time_zone: 'Asia/Tokyo' %}{{ t | date: '%H' | plus: 0 }}", "21"),
        ("{% assign a = '' | split: '' | concat: b %}{{ a | join: '-' }}", "x-y"),
        ("{{ b | as_json_string }}", '["x","y"]'),
        ("{{ b | append: '!' }}", '["x", "y"]!'),
        ("{{ missing | default: 0 | plus: 1 | times: 1.5 }}", "1.5"),
        ("{{ false | default: 'on', allow_false: true }}", "false"),
        ("{{ empty | append: '|' }}{{ (1..3) | reverse | join }}", "|3 2 1"),
        ("{{ 'a,b' | split: ',' | first | upcase }}", "A"),
        ("{{ 'x' | lstrip }}{{ 'y' | sum }}", "xy"),
    ],
)
def test_chains(template, text):
    assert Template(template).render(Context(variables={"b": ["x", "y"]}, **AT_NOON)) == text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("line 1\n{{ 1 | divided_by: 0 }}", "divided by 0"),
        ("line 1\n{{ 'a' | truncate: 'b' }}", "invalid integer"),
        ("line 1\n{{ 'a' | concat: 'b' }}", "concat filter requires an array argument"),
    ],
)
def test_a_fault_names_its_place_in_the_template(template, said):
    with pytest.raises(TemplateError, match=said) as caught:
        Template(template).render()
    assert caught.value.line == 2


def test_a_finding_of_a_filter_is_kept_by_a_preview_and_forgotten_by_a_render():
    template = Template("{{ 'the 15th' | date: '%F' }}")
    preview = template.preview(Context(**AT_NOON))
    assert preview.text == template.render(Context(**AT_NOON)) == "2026-03-15"
    assert [finding.id for finding in preview.findings] == ["date-filled-from-the-clock"]


DOUBLED_TEXT = "{% assign x = x | append: 'a' | append: x | append: x %}"
DOUBLED_NUMBER = "{% assign n = x | plus: 9 %}{% assign x = n | times: n %}"


@pytest.mark.parametrize(
    ("template", "limit"),
    [
        ("{{ '\"' " + "| split: 'x' | upcase " * 60 + "}}", "filter_result_chars"),
        ("{{ '\"' " + "| json_escape " * 60 + "}}", "filter_result_chars"),
        ("{{ 'aaaa' " + "| base64_encode " * 200 + "}}", "filter_result_chars"),
        ("{{ 'aaaa' " + "| replace: '', 'aaaa' " * 20 + "}}", "filter_result_chars"),
        ("{% for i in (1..99) %}" + DOUBLED_TEXT + "{% endfor %}", "filter_result_chars"),
        ("{% for i in (1..99) %}" + DOUBLED_NUMBER + "{% endfor %}", "number_digits"),
    ],
)
def test_what_doubles_again_and_again_ends_at_a_named_limit(template, limit):
    with pytest.raises(TemplateError, match=limit):
        Template(template).render()
