"""`docs/liquid.md` says what the code does: it is what `scripts/liquid_docs.py` writes."""

import re

import liquid_docs
import pytest

from b2bkit.liquid import filters
from b2bkit.liquid.diagnosis import RULES
from b2bkit.liquid.environment import environment
from b2bkit.liquid.tags.supported import PARTS, SUPPORTED

PAGE = liquid_docs.PAGE.read_text(encoding="utf-8")
REMEDY = "docs/liquid.md is stale: run `python scripts/liquid_docs.py`"


def test_the_page_is_what_the_script_writes():
    assert liquid_docs.page() == PAGE, REMEDY


def test_every_mark_is_filled_and_every_section_is_used():
    words = liquid_docs.WORDS.read_text(encoding="utf-8")
    assert sorted(re.findall(r"<!-- (\w+) -->", words)) == sorted(liquid_docs.SECTIONS)
    assert "<!--" not in PAGE


@pytest.mark.parametrize("name", [*filters.SUPPORTED, *SUPPORTED, *(rule.id for rule in RULES)])
def test_every_filter_tag_and_finding_has_a_row(name):
    assert f"\n| `{name}` | " in PAGE


def test_the_table_of_tags_lists_the_tags_that_are_there():
    tags = environment().tags.values()
    registered = {tag.name for tag in tags if tag.name.isidentifier()}
    inner = {"literal", "output", "illegal", "content"}
    assert registered - inner == {name for name in SUPPORTED if name not in ("#", "raw")}
    ends = {tag.end for tag in tags if tag.block and getattr(tag, "end", "").startswith("end")}
    assert ends <= PARTS


def test_every_supported_filter_is_there_and_no_other():
    usable = {info.name for info in filters.SUPPORTED.values() if info.support != "no"}
    assert usable == set(filters.FILTERS)


def test_findings_of_a_run_are_found_in_the_code():
    assert ("`runtime-error`", "error") in set(liquid_docs.notes())
    assert ("`content-block-missing`", "warning") in set(liquid_docs.notes())
    assert ("`curly-quotes`", "error") not in set(liquid_docs.notes())
