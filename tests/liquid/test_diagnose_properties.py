"""For any text, `diagnose` gives findings with places in that text, and never raises."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2bkit.liquid.diagnosis import diagnose

WORDS = """
    {{ }} {% %} ${ } { ' " | || && ( ) [ ] .. . = == > < ! : , - + # 1 '5' “ x now size text
    first_name if endif elsif else not and or contains for in endfor case when assign raw endraw
    comment endcomment liquid echo render connected_content catalog_items abort_message split
    default content_blocks.${b} custom_attribute.${x}
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_gives_findings_with_places_in_it(text, block):
    for finding in diagnose(text, content_blocks={"b": block}):
        source = {"template": text, "content block b": block}[finding.part]
        lines = source.split("\n")
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.message
        assert finding.remedy


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="{$"), max_size=200))
def test_text_without_liquid_gives_nothing(text):
    assert diagnose(text) == []


def test_a_long_text_is_read_within_seconds():
    row = (
        '{% if custom_attribute.${a} == "b" %}{{event_properties.${c} | json_escape}}{% endif %}\n'
    )
    started = time.perf_counter()
    assert diagnose(row * 1_000) == []
    assert time.perf_counter() - started < 10


def test_a_text_of_nothing_but_braces_ends():
    for brace in ("{{", "{%", "${", "{{ 'a", "{{ {{ a | b ", "{% raw %}"):
        assert isinstance(diagnose(brace * 5_000), list)


@pytest.mark.parametrize(
    "text",
    [
        "{{ a" + ".b" * 40_000 + " }}",
        "{% catalog_items a " + "{{b}} " * 8_000 + "%}",
        "{% if " + " or ".join(["a.b[0] | size"] * 8_000) + " %}{% endif %}",
    ],
    ids=["path", "catalog", "condition"],
)
def test_one_long_tag_is_read_in_time_that_grows_with_the_text_only(text):
    started = time.perf_counter()
    assert isinstance(diagnose(text), list)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", ["a[{}]", "${{a[{}]}}", "custom_attribute.${{a}}[{}]", "{}"])
def test_a_number_of_thousands_of_digits_is_read(name):
    assert isinstance(diagnose("{{ " + name.format("9" * 5_000) + " }}"), list)


def test_a_text_that_is_too_long_is_an_error_and_not_read():
    assert [it.id for it in diagnose("{{ now }}" * 100_000)] == ["template-error"]


def test_content_blocks_that_multiply_are_not_read_either():
    blocks = {"a": "{{content_blocks.${b}}}" * 1_000, "b": "x" * 1_000}
    (found,) = diagnose("{{content_blocks.${a}}}", content_blocks=blocks)
    assert found.id == "template-error"
    assert "source_chars" in found.message
