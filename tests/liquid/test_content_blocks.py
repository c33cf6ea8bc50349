"""Content blocks: put into the text before it is parsed, and values inside tags."""

# A row of a table stays one line.
# ruff: noqa: E501

import pytest

from b2bkit.liquid import Context, Template, TemplateError

CONTEXT = Context(attributes={"first_name": "Ann"}, variables={"v": "var"})


def render(text, **blocks):
    return Template(text, content_blocks=blocks).render(CONTEXT)


@pytest.mark.parametrize(
    ("text", "blocks", "rendered"),
    [
        ("a{{content_blocks.${b}}}c", {"b": "B"}, "aBc"),
        ("{{ content_blocks.${b} }}", {"b": "{{${first_name}}} {{v}}"}, "Ann var"),
        ("{{content_blocks.${b}}}{{x}}", {"b": "{% assign x = 1 %}"}, "1"),
        ("{% assign x = 1 %}{{content_blocks.${b}}}", {"b": "{{x}}"}, "1"),
        ("{{content_blocks.${open}}}in{% endif %}", {"open": "{% if v == 'var' %}"}, "in"),
        ("{{content_blocks.${a}}}", {"a": "A{{content_blocks.${b}}}", "b": "B"}, "AB"),
        (
            "{{content_blocks.${a}}}",
            {"a": "A{{content_blocks.${b}}}", "b": "B{{content_blocks.${c}}}!", "c": "C"},
            "AB!",
        ),
        ("{{content_blocks.${a}}}", {"a": "A{{content_blocks.${a}}}"}, "AA"),
        ("x {{- content_blocks.${b} -}} y", {"b": "B"}, "xBy"),
        ("{% raw %}{{content_blocks.${b}}}{% endraw %}", {"b": "B"}, "{{content_blocks.${b}}}"),
        ("{% comment %}{{content_blocks.${b}}}{% endcomment %}", {"b": "{% if %}"}, ""),
        # inside a tag it is a value
        (
            "{% assign l = {{content_blocks.${b}}} | split: ',' %}{{l[1]}}",
            {"b": "x,{{v}}"},
            "var",
        ),
        ("{% if {{content_blocks.${b}}} contains 'x' %}y{% endif %}", {"b": "axb"}, "y"),
        ("{{ content_blocks.${b} | upcase }}", {"b": "a{{v}}"}, "AVAR"),
        ("{% assign l = content_blocks.${a} %}{{l}}", {"a": "{{content_blocks.${b}}}", "b": "B"}, "B"),
    ],
)  # fmt: skip
def test_a_block_is_part_of_the_text(text, blocks, rendered):
    assert render(text, **blocks) == rendered


def test_blocks_of_the_template_go_before_those_of_the_context():
    template = Template("{{content_blocks.${a}}}{{content_blocks.${b}}}", content_blocks={"a": "1"})
    assert template.render(Context(content_blocks={"a": "no", "b": "2"})) == "12"


def test_a_text_is_parsed_with_the_blocks_of_each_context():
    template = Template("{{content_blocks.${a}}}")
    first = {"a": "{{content_blocks.${b}}}", "b": "1"}
    assert template.render(Context(content_blocks=first)) == "1"
    assert template.render(Context(content_blocks={**first, "b": "2"})) == "2"
    assert template.render(Context(content_blocks=first)) == "1"


def test_an_unknown_block_leaves_nothing_and_a_preview_says_so():
    template = Template("a\n b{{content_blocks.${x}}}c{% assign y = {{content_blocks.${z}}} %}")
    assert template.render() == "a\n bc"
    findings = template.preview().findings
    assert [(f.id, f.severity, f.line, f.column) for f in findings] == [
        ("content-block-missing", "warning", 2, 3),
        ("content-block-missing", "warning", 2, 43),
    ]
    assert "'x'" in findings[0].message


@pytest.mark.parametrize(
    ("text", "block", "line", "column"),
    [
        ("{{content_blocks.${b}}}\n{{ x | }}", "one\ntwo", 2, 7),
        ("a{{content_blocks.${b}}}{{content_blocks.${b}}}{% if %}", "one\ntwo", 1, 51),
    ],
)
def test_an_error_behind_a_block_is_placed_in_the_templates_own_text(text, block, line, column):
    with pytest.raises(TemplateError) as caught:
        render(text, b=block)
    error = caught.value
    assert (error.block, error.line, error.column) == (None, line, column)
    assert error.excerpt.split("\n")[0] == text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("text", "blocks", "name"),
    [
        ("intro {{content_blocks.${outer}}}", {"outer": "fine\n  {{ x | }}"}, "outer"),
        (
            "{{content_blocks.${outer}}}",
            {"outer": "{{content_blocks.${inner}}}", "inner": "\n  {{ x | }}"},
            "inner",
        ),
        ("{% assign a = {{content_blocks.${outer}}} %}", {"outer": "\n  {{ x | }}"}, "outer"),
    ],
)
def test_an_error_in_a_block_names_it_and_its_own_line_and_column(text, blocks, name):
    with pytest.raises(TemplateError) as caught:
        render(text, **blocks)
    error = caught.value
    assert (error.block, error.line, error.column) == (name, 2, 9)
    assert f"(content block {name}, line 2, column 9)" in str(error)


def test_an_error_of_a_blocks_of_the_context_comes_at_the_render():
    template = Template("{{content_blocks.${b}}}")
    with pytest.raises(TemplateError) as caught:
        template.render(Context(content_blocks={"b": "{% foo %}"}))
    assert (caught.value.block, caught.value.column) == ("b", 4)


def test_a_finding_in_a_block_is_placed_there():
    preview = Template("x{{content_blocks.${b}}}", content_blocks={"b": "\n{{ 'a' | camelize }}"})
    (finding,) = preview.preview().findings
    assert (finding.id, finding.part) == ("unsupported-filter", "content block b")
    assert (finding.line, finding.column) == (2, 10)
