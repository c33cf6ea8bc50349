"""An explanation renders as `render` does: what its steps print is the text, whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.liquid import Aborted, Context, Template, TemplateError

CONTEXT = Context(
    attributes={"user_id": "u-1"},
    custom_attribute={"list": [1, 2, 3, 4, 5, 6, 7, 8], "n": 3},
    connected_content={"https://x.example": {"body": '{"a": [1, 2]}'}},
    catalogs={"games": {"1": {"title": "Tales"}}},
    content_blocks={"b": "{% assign k = 9 %}({{k}})"},
    now="2026-03-15T10:00:00Z",
)
LEAVES = st.sampled_from(
    [
        "text ",
        "\n  ",
        "{{${user_id}}}",
        "{{ n | plus: 1 }}",
        "{{ custom_attribute.${n} | minus: {{n}} }}",
        "{{ custom_attribute.${list} | join: '-' }}",
        "{% assign n = custom_attribute.${n} | times: 2 %}",
        "{% increment c %}",
        "{% cycle 'a', n %}",
        "{% echo n %}",
        "{{content_blocks.${b}}}",
        "{% assign q = content_blocks.${b} | size %}",
        "{% connected_content https://x.example :save r %}{{r.a.size}}",
        "{% catalog_items games 1 %}{{items[0].title}}",
        "{% message_extras :key a :value {{n}} %}",
        "{% liquid\n assign m = n\n echo m\n%}",
        "{% comment %}{{ gone }}{% endcomment %}",
        "{% raw %}{{ raw }}{% endraw %}",
        "{{ 1 | divided_by: n }}",
        "{% break %}",
        "{% abort_message('stop') %}",
    ]
)
BLOCKS = st.sampled_from(
    [
        "{%% if n %%}%s{%% endif %%}",
        "{%% if n > 3 %%}%s{%% elsif custom_attribute.${n} == 3 %%}b{%% else %%}c{%% endif %%}",
        "{%% unless n %%}%s{%% else %%}d{%% endunless %%}",
        "{%% case n %%}{%% when 6, 12 %%}%s{%% else %%}e{%% endcase %%}",
        "{%% for x in custom_attribute.${list} %%}{{x}}%s{%% else %%}f{%% endfor %%}",
        "{%% for y in (1..2) %%}%s{%% unless forloop.last %%},{%% endunless %%}{%% endfor %%}",
        "{%% tablerow x in custom_attribute.${list} cols:3 %%}%s{%% endtablerow %%}",
        "{%% capture n %%}%s{%% endcapture %%}",
        "{%% ifchanged %%}%s{%% endifchanged %%}",
    ]
)
TEXTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(BLOCKS, inner).map(lambda pair: pair[0] % pair[1]),
    ),
    max_leaves=12,
)


def rendered(text):
    """Give how a render ends: its text, the reason of an abort, or the error."""
    try:
        return Template(text).render(CONTEXT), None, None
    except Aborted as stop:
        return None, stop.reason, None
    except TemplateError as error:
        return None, None, error.message


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_the_steps_print_is_the_text(text):
    expected, aborted, error = rendered(text)
    explanation = Template(text).explain(CONTEXT)
    assert (explanation.aborted, explanation.error) == (aborted, error)
    assert "".join(step.printed for step in explanation) == explanation.text
    if expected is not None:
        assert explanation.text == expected
    assert str(explanation)
    assert explanation._repr_html_()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_output_and_tag_told_stands_where_it_says(text):
    for step in Template(text).explain(CONTEXT):
        if step.text and step.kind != "text" and step.line is not None:
            source = text if step.block is None else CONTEXT.content_blocks[step.block]
            line = source.split("\n")[step.line - 1]
            assert line[step.column - 1 :].startswith(step.text.split("\n")[0])
