"""What holds for any text: only our errors are raised, and plain Liquid is python-liquid's."""

# A row of a table stays one line.
# ruff: noqa: E501

from contextlib import suppress

import liquid
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from liquid.exceptions import LiquidError

from b2bkit.liquid import Aborted, Context, Template, TemplateError

WORDS = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{{-",
    "-}}",
    "${",
    "}",
    "'",
    '"',
    "|",
    ".",
    "[",
    "]",
    "(",
    ")",
    "..",
    ":",
    ",",
    "-",
    "=",
    "==",
    "<",
    "contains",
    "and",
    "or",
    "in",
    "#",
    "$",
    "&&",
    "<>",
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "tablerow",
    "endtablerow",
    "break",
    "continue",
    "cycle",
    "increment",
    "assign",
    "capture",
    "endcapture",
    "raw",
    "endraw",
    "comment",
    "endcomment",
    "liquid",
    "echo",
    "connected_content",
    "https://x/",
    ":save",
    ":rerender",
    "catalog_items",
    "message_extras",
    ":key",
    ":value",
    "abort_message",
    "render",
    "include",
    "ifchanged",
    "endifchanged",
    "a",
    "b",
    "items",
    "custom_attribute.",
    "event_properties.",
    "content_blocks.${b}",
    "forloop.index",
    "(1..3)",
    "plus:",
    "times:",
    "split:",
    "','",
    "first",
    "date:",
    "'%Y'",
    "json_parse",
    "default:",
    "'x'",
    "map:",
    "'k'",
    "sort",
    "time_zone:",
    "1",
    "2.5",
    "'now'",
    "blank",
    "empty",
    "nil",
    "true",
    "reversed",
    "limit:2",
    "offset:continue",
    "é",
    "“",
    "\x00",
]

CONTEXT = Context(
    attributes={"a": "text", "b": None},
    custom_attribute={"a": {"k": 1}, "b": [1, "x", None, 2.5]},
    event_properties={"items": [{"k": 1}, {"k": "t"}]},
    variables={"a": 3, "b": "txt", "items": [1, "b", None, 2.5, {"k": 1}]},
    content_blocks={"b": "B{{a}}"},
    connected_content={"https://x/": {"status": 200, "body": '{"a": "{{${a}}}"}'}},
    now="2026-01-02T03:04:05Z",
)

ANY = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=50)
TAGGED = st.lists(
    st.sampled_from(WORDS).map("{{{{ {} }}}}".format)
    | st.sampled_from(WORDS).map("{{% {} %}}".format)
    | st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
        lambda pair: f"{{% assign a = {pair[0]} | {pair[1]} %}}"
    ),
    max_size=8,
).map("".join)


@given(ANY | TAGGED)
@example("{{ '\x00' }}")
def test_nothing_but_our_errors_is_ever_raised(text):
    with suppress(Aborted, TemplateError):
        template = Template(text)
        for act in (template.render, template.preview, lambda _: template.fields):
            for context in (CONTEXT, None):
                with suppress(Aborted, TemplateError):
                    act(context)


PLAIN = liquid.Environment()
VALUES = {
    "a": "Text",
    "n": 2,
    "l": ["p", "q", "r"],
    "h": {"k": {"z": "deep"}},
    "s": "  blanks ",
    "x": None,
}
PRINTED = [
    "a",
    "n",
    "l[0]",
    "l.first",
    "l.last",
    "l[n]",
    "h.k.z",
    "h['k']['z']",
    "s",
    "x",
    "nosuch",
]
PRINTED += ["'t'", '"u v"', "1", "2.5", "l.size", "s.size", "forloop.index", "nil", "m"]
STEPS = ["upcase", "append: 'z'", "prepend: s", "strip", "replace: 'e', 'i'", "default: 'd'"]
TESTED = ["a", "n == 2", "l contains 'p'", "h contains 'k'", "a == 'Text' and n > 1", "x or false"]
TESTED += ["nosuch", "l == empty", "a != blank", "n <> 3 or x", "1 < 2.5", "s contains 'lan'"]
LISTS = ["l", "(1..n)", "s", "nosuch", "l reversed", "l limit: n", "l offset: 1 limit: 1"]

output = st.tuples(st.sampled_from(["{{", "{{-"]), st.sampled_from(PRINTED),
                   st.lists(st.sampled_from(STEPS), max_size=2), st.sampled_from(["}}", "-}}"])).map(
    lambda p: f"{p[0]} {' | '.join([p[1], *p[2]])} {p[3]}"
)  # fmt: skip
text = st.sampled_from(["word", " ", "\n", "{ x }", "$", "%}", " a b "])
simple = text | output | st.sampled_from(["{% # note %}", "{% raw %}{{ a }}{% endraw %}"])


def blocks(inner):
    body = st.lists(inner, max_size=3).map("".join)
    return (
        st.tuples(st.sampled_from(TESTED), body, body).map(
            lambda p: f"{{% if {p[0]} -%}}{p[1]}.{{% else %}}{p[2]}.{{% endif %}}"
        )
        | st.tuples(st.sampled_from(TESTED), body).map(
            lambda p: f"{{%- unless {p[0]} %}}{p[1]}.{{% endunless -%}}"
        )
        | st.tuples(st.sampled_from(LISTS), body, body).map(
            lambda p: f"{{% for i in {p[0]} %}}{p[1]}{{{{ i }}}}{{% else %}}{p[2]}.{{% endfor %}}"
        )
        | st.tuples(st.sampled_from(PRINTED), body).map(
            lambda p: (
                f"{{% case {p[0]} %}}{{% when 2, 'Text' %}}{p[1]}.{{% else %}}e{{% endcase %}}"
            )
        )
        | body.map(lambda b: f"{{% capture a %}}.{b}{{% endcapture %}}{{{{ a }}}}")
        | body.map(lambda b: f"{{% comment %}}{b}{{% endcomment %}}")
        | st.sampled_from(PRINTED).map(lambda v: f"{{% assign m = {v} %}}")
    )


@given(st.lists(st.recursive(simple, blocks, max_leaves=8), max_size=4).map("".join))
def test_text_without_braze_syntax_renders_as_python_liquid_does(source):
    try:
        expected = PLAIN.from_string(source).render(**VALUES)
    except LiquidError:
        with pytest.raises(TemplateError):
            Template(source).render(Context(variables=VALUES))
    else:
        assert Template(source).render(Context(variables=VALUES)) == expected


DIFFERENCES = [
    # why, text, python-liquid's, ours (Ruby's)
    ("arrays and tables are printed as Ruby prints them", "{{ h.k }}", "{'z': 'deep'}", '{"z"=>"deep"}'),
    ("true, false and nil in an array", "{{ 'a' | append: true }}", "aTrue", "atrue"),
    ("`blank` is Rails'", "{% if x == blank %}y{% endif %}", "", "y"),
    ("the size of a number", "{{ n | size }}", "0", "8"),
    ("booleans have no order", "{% if true < 2 %}y{% endif %}", "y", ""),
    ("a limit of 0 is no round", "{% for i in l limit:0 %}{{i}}{% endfor %}", "pqr", ""),
    ("a block is blank or not as a whole", "{% if x %}a{% elsif n %} {% endif %}.", ".", " ."),
    ("a captured blank is kept", "{% capture a %} {% endcapture %}[{{ a }}]", "[]", "[ ]"),
    ("there is no bare `now`", "{{ now | size }}", None, "0"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "source", "theirs", "ours"), DIFFERENCES)
def test_where_python_liquid_and_ruby_differ_we_follow_ruby(why, source, theirs, ours):
    if theirs is not None:
        assert PLAIN.from_string(source).render(**VALUES) == theirs
    assert Template(source).render(Context(variables=VALUES)) == ours


WIDER = [
    # why, text, ours: python-liquid does not parse these
    ("an output of nothing prints nothing", "[{{ }}]", "[]"),
    ("keywords are names behind a dot", "{{ h.limit }}{{ h.if }}.", "."),
    ("a variable may be called `reversed`", "{% assign reversed = l %}{% for i in reversed %}{{i}}{% endfor %}", "pqr"),
    ("a comment may stand between case and when", "{% case n %}{% comment %}c{% endcomment %}{% when 2 %}2{% endcase %}", "2"),
    ("a limit of nil is no limit", "{% for i in l limit: x %}{{i}}{% endfor %}", "pqr"),
    ("an unknown filter passes its value through", "{{ a | nosuch: 1 }}", "Text"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "source", "ours"), WIDER)
def test_what_python_liquid_refuses_and_ruby_reads(why, source, ours):
    with pytest.raises(LiquidError):
        PLAIN.from_string(source).render(**VALUES)
    assert Template(source).render(Context(variables=VALUES)) == ours
