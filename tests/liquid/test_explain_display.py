"""How an explanation looks: as a table in a notebook, as a DataFrame, cut where it is too long."""

import subprocess
import sys

import pytest

from b2bkit.liquid import Context, Template

CONTEXT = Context(attributes={"name": '<b>Zoë</b> & "co"'})


def test_everything_from_outside_is_escaped_in_html():
    html = Template("<i>{{${name}}}</i>{{ '<script>' }}").explain(CONTEXT)._repr_html_()
    assert "<b>" not in html.replace("<b>Rendered to the end.</b>", "")
    assert "<script>" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;Zoë&lt;/b&gt; &amp; &quot;co&quot;" in html


def test_html_is_a_table_with_a_heading_for_each_column_in_the_theme_s_colours():
    html = Template("{{${name}}}").explain(CONTEXT)._repr_html_()
    for heading in ("Line and Liquid", "What happens", "Prints"):
        assert f">{heading}</th>" in html
    assert "var(--jp-" in html
    assert html.endswith("Rendered to the end.</b></div>")


def test_the_ending_of_an_aborted_render_is_shown_escaped():
    html = Template("{% abort_message('<none>') %}").explain()._repr_html_()
    assert "Braze would not send this message: &lt;none&gt;" in html


def test_blank_text_between_tags_is_not_shown():
    explanation = Template("{{ 1 }}\n  \n{{ 2 }}").explain()
    assert len(explanation) == 3
    assert str(explanation).count("\n") == 4


def test_a_frame_has_a_row_for_each_step():
    frame = Template("a{% assign x = 1 | plus: 1 %}{{x}}").explain().frame()
    assert list(frame.columns) == [
        "line", "column", "block", "depth", "kind", "text", "happened", "outcome", "printed",
    ]  # fmt: skip
    assert frame["kind"].tolist() == ["text", "assign", "output"]
    assert frame["happened"].tolist() == ["", "| plus: 1 gives 2 (number)", "x is 2 (number)"]
    assert frame["printed"].tolist() == ["a", "", "2"]


def test_an_empty_explanation_has_an_empty_frame():
    explanation = Template("").explain()
    assert len(explanation) == 0
    assert explanation.frame().empty
    assert str(explanation) == "Rendered to the end."


def test_an_explanation_is_a_sequence():
    explanation = Template("a{{ 1 }}b").explain()
    assert [step.kind for step in explanation] == ["text", "output", "text"]
    assert explanation[1].text == "{{ 1 }}"
    assert [step.kind for step in explanation[1:]] == ["output", "text"]
    assert len(explanation) == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("x" * 200, f"'{'x' * 80}…' (text)"),
        (list(range(100)), f"{str(list(range(100)))[:80]}… (list of 100)"),
        ([{"a": 1}], '[{"a": 1}] (list of objects)'),
        ({"a": None}, '{"a": null} (object)'),
        (1.5, "1.5 (number)"),
        (False, "false (boolean)"),
        ("", "'' (text)"),
        ("a\nb", "'a\\nb' (text)"),
    ],
)
def test_values_are_shown_short(value, shown):
    (step,) = Template("{{value}}").explain(Context(variables={"value": value}))
    assert str(step.happened[0]) == f"value is {shown}"


def test_of_very_many_steps_the_first_are_shown():
    explanation = Template("{{ 1 }}{{ 2 }}" * 400).explain()
    assert len(explanation) == 800
    assert str(explanation).splitlines()[-2].strip() == "… 500 more steps"
    assert "… 500 more steps" in explanation._repr_html_()


def test_a_cell_of_a_notebook_s_table_is_cut():
    text = "x" * 5_000
    html = Template(text).explain()._repr_html_()
    assert f"{text[:2_000]}…" in html
    assert text[:2_001] not in html


def test_explaining_does_not_load_pandas():
    code = (
        "import sys; from b2bkit.liquid import Template;"
        "print(str(Template('{{ 1 }}').explain()), 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("Rendered to the end. False\n")
