"""What only a run shows: findings with their place, the text stock Liquid would print."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest

from b2bkit.findings import Finding
from b2bkit.liquid import Context, Limits, Template

VALUES = {"l": [1, "a"], "h": {"k": 1}, "t": "text", "n": 5, "e": []}


def preview(text, **limits):
    template = Template(text, limits=Limits(**limits))
    return template.preview(Context(variables=VALUES))


@pytest.mark.parametrize(
    ("text", "rendered", "rule", "severity", "column"),
    [
        ("a {{ l }}", "a 1a", "whole-value-printed", "warning", 3),
        ("{{ h }}", '{"k"=>1}', "whole-value-printed", "warning", 1),
        ("{% echo l %}", "1a", "whole-value-printed", "warning", 4),
        ("{{ t | camelize: 1 }}", "text", "unsupported-filter", "error", 8),
        ("{% assign a = t | lstrip %}{{a}}", "text", "unsupported-filter", "error", 19),
        ("{{ 1 | divided_by: 0 }}.", "Liquid error: divided by 0.", "runtime-error", "error", 8),
        ("{% assign a = 1 | modulo: 0 %}x", "x", "runtime-error", "error", 19),
        ("{% if t > n %} {% else %} {% assign a = 1 %}{% endif %}x", "x", "runtime-error", "error", 9),
        ("{{ t | append }}", "Liquid error: wrong number of arguments (given 1, expected 2)", "runtime-error", "error", 8),
        ("{{ t | slice: 1, 2, 3 }}", "Liquid error: wrong number of arguments (given 4, expected 2..3)", "runtime-error", "error", 8),
        ("{{ t | upcase: a: 1 }}", "Liquid error: wrong number of arguments (given 2, expected 1)", "runtime-error", "error", 8),
        ("{% if t > n %}a{% else %}b{% endif %}", "Liquid error: comparison of String with 5 failed", "runtime-error", "error", 9),
        ("{% if n > t %}a{% endif %}", "Liquid error: comparison of Integer with String failed", "runtime-error", "error", 9),
        ("{% case n %}{% when 1 %}{% endcase %}{{ n | modulo: 0 }}", "Liquid error: divided by 0", "runtime-error", "error", 45),
        ("{% for i in l limit: t %}{{ i }}{% endfor %}", "Liquid error: invalid integer", "runtime-error", "error", 4),
        ("{% for i in l limit: t %}{% endfor %}", "", "runtime-error", "error", 4),
    ],
)  # fmt: skip
def test_a_run_shows_what_the_text_alone_does_not(text, rendered, rule, severity, column):
    shown = preview(text)
    assert shown.text == rendered
    (finding,) = shown.findings
    assert isinstance(finding, Finding)
    assert (finding.id, finding.severity, finding.part) == (rule, severity, "template")
    assert (finding.line, finding.column) == (1, column)
    assert finding.message
    assert finding.remedy
    assert finding.source


@pytest.mark.parametrize("text", ["{{ l | join: ',' }}", "{{ e.size }}{{ missing }}", "{{ n }}"])
def test_a_text_that_is_fine_has_no_findings(text):
    assert preview(text).findings == ()


def test_the_same_finding_is_told_once():
    assert len(preview("{% for i in (1..50) %}{{ t | lstrip }}{% endfor %}").findings) == 1


def test_findings_come_in_the_order_of_the_run():
    assert [f.id for f in preview("{{ l }}{{ t | lstrip }}{{ 1 | modulo: 0 }}").findings] == [
        "whole-value-printed",
        "unsupported-filter",
        "runtime-error",
    ]


def test_a_render_prints_a_whole_value_and_passes_an_unsupported_filter_without_a_word():
    assert Template("{{ l }}{{ t | lstrip }}").render(Context(variables=VALUES)) == "1atext"


@pytest.mark.parametrize(
    ("text", "limits", "name"),
    [
        ("{% for i in (1..9) %}{% endfor %}", {"loop_iterations": 10}, "loop_iterations"),
        ("{{ t }}{{ t }}", {"output_chars": 9}, "output_chars"),
    ],
)
def test_coming_near_to_a_limit_is_noted(text, limits, name):
    (finding,) = preview(text, **limits).findings
    assert (finding.id, finding.severity, finding.line) == ("limit-near", "warning", None)
    assert name in finding.message


def test_a_preview_and_a_render_give_the_same_text():
    text = "{% for i in l %}{{ i }}{% unless forloop.last %},{% endunless %}{% endfor %} {{ t }}"
    context = Context(variables=VALUES)
    assert Template(text).preview(context).text == Template(text).render(context) == "1,a text"
