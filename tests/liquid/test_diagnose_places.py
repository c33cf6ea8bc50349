"""Where findings stand: over lines, in content blocks, in `liquid` tags, behind broken Liquid."""

import pytest

from b2bkit.liquid.diagnosis import diagnose


def places(text, **keywords):
    return [(it.id, it.part, it.line, it.column) for it in diagnose(text, **keywords)]


def test_lines_and_columns_count_from_one_in_the_author_s_text():
    text = 'first\n  {"a": {{ x | nonsense }},\n\t"b": {{ now }}}'
    assert places(text) == [
        ("unsupported-filter", "template", 2, 16),
        ("now-without-quotes", "template", 3, 10),
    ]


def test_findings_come_in_the_order_of_their_places():
    text = "{{ now }}\n{% render 'x' %}{{ a && b }}\n{{targeted_device.${os}}}"
    assert [(line, column) for _, _, line, column in places(text)] == [
        (1, 4),
        (2, 4),
        (2, 22),
        (3, 3),
    ]


def test_a_line_of_a_liquid_tag_has_its_own_place():
    text = "{% liquid\n  assign a = b > 1\n  if a && c\n    echo a | nonsense\n  endif\n%}"
    assert places(text) == [
        ("comparison-in-assign", "template", 2, 16),
        ("symbolic-and-or", "template", 3, 8),
        ("unsupported-filter", "template", 4, 14),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ x", (1, 1)),
        ("ab\n{% if x %}", (2, 4)),
        ("{% if x %}{% endfor %}", (1, 14)),
        ("{{ ${x }", (1, 1)),
        ("{% comment %}never closed", (1, 1)),
        ("{% raw %}never closed", (1, 1)),
        ("{{ 'x }}", (1, 4)),
        ("{{ x | }}", (1, 7)),
    ],
)
def test_what_does_not_parse_is_an_error_at_its_place(text, expected):
    found = diagnose(text)
    assert [(it.id, it.severity) for it in found] == [("template-error", "error")]
    assert (found[0].line, found[0].column) == expected
    assert found[0].remedy == "Correct the Liquid at this place; Braze would not send the message."


def test_reading_goes_on_behind_what_does_not_parse():
    text = "{{ broken\n{{ x | nonsense }}\n{% if a && b %}\n{% endfi %}"
    assert places(text) == [
        ("template-error", "template", 1, 1),
        ("unsupported-filter", "template", 2, 8),
        ("symbolic-and-or", "template", 3, 9),
        ("unsupported-tag", "template", 4, 4),
    ]


def test_every_broken_place_is_told_once():
    text = "{{{a}}} {% if {{{b}}} %}x{% endif %}\n{{{c}}}"
    assert places(text) == [
        ("triple-braces", "template", 1, 1),
        ("triple-braces", "template", 1, 15),
        ("triple-braces", "template", 2, 1),
    ]


def test_a_bare_reference_inside_broken_liquid_is_no_finding_of_its_own():
    assert places("{{ ${first_name} and more text") == [("template-error", "template", 1, 1)]


def test_a_finding_in_a_content_block_names_the_block_and_its_own_line():
    blocks = {"greeting": "Hi\n{{ x | nonsense }}"}
    text = "one\ntwo {{content_blocks.${greeting}}} {{ now }}"
    assert places(text, content_blocks=blocks) == [
        ("now-without-quotes", "template", 2, 39),
        ("unsupported-filter", "content block greeting", 2, 8),
    ]


def test_a_content_block_used_as_a_value_is_read_too():
    blocks = {"list": "a,{{ x | nonsense }}"}
    text = "{% assign l = content_blocks.${list} | split: ',' | first %}{{l}}"
    assert places(text, content_blocks=blocks) == [
        ("unsupported-filter", "content block list", 1, 10)
    ]


def test_a_parse_error_in_a_content_block_names_it():
    blocks = {"part": "{% if x %}\n{{ a | }}"}
    assert places("{{content_blocks.${part}}}{% endif %}", content_blocks=blocks) == [
        ("template-error", "content block part", 2, 7)
    ]


def test_a_block_may_open_what_the_text_around_it_closes():
    blocks = {"opens": "{% if x %}"}
    assert places("{{content_blocks.${opens}}}a{% endif %}", content_blocks=blocks) == []


def test_without_a_block_nothing_is_said_that_it_might_make_right():
    assert places("{{content_blocks.${opens}}}{{ first_name }}{{ now }}{% endif %}") == []


def test_a_block_that_holds_itself_ends():
    blocks = {"a": "{{content_blocks.${a}}}{{ x | nonsense }}"}
    assert places("{{content_blocks.${a}}}", content_blocks=blocks) == [
        ("unsupported-filter", "content block a", 1, 31)
    ]


def test_nested_braces_are_told_once_with_their_number():
    text = "{% if {{a}} %}{% endif %}{% if {{b}} %}{% endif %}{% if {{c}} %}{% endif %}"
    (found,) = diagnose(text)
    assert (found.id, found.column) == ("nested-braces", 7)
    assert "here and in 2 more places" in found.message


def test_a_tag_of_another_channel_is_told_once():
    text = "{{targeted_device.${os}}}{% if targeted_device.${os} == 'ios' %}a{% endif %}"
    assert places(text) == [("tag-of-other-channel", "template", 1, 3)]
