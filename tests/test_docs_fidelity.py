"""`docs/fidelity.md` says what the tables of rules say, and leaves none out."""

from collections import Counter

import fidelity_docs
import pytest

from b2bkit.messaging.rules import RULES as MESSAGING
from b2bkit.sandbox.rules import RULES as REST

PAGE = fidelity_docs.PAGE.read_text(encoding="utf-8")
RULES = (*REST, *MESSAGING)


def test_the_page_is_what_the_script_writes():
    assert fidelity_docs.page() == PAGE, "stale: run `python scripts/fidelity_docs.py`"


def test_every_rule_has_one_row():
    rows = Counter(line.split("`")[1] for line in PAGE.splitlines() if "<br>`" in line)
    assert rows == Counter(rule.id for rule in RULES)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.source is None], ids=lambda r: r.id
)
def test_what_braze_does_not_document_is_called_ours(rule):
    [row] = [line for line in PAGE.splitlines() if f"<br>`{rule.id}`" in line]
    assert "| **ours** |" in row


def test_what_is_not_emulated_stands_in_its_own_chapter():
    kept, missing = PAGE.split("## What is not emulated")
    for rule in RULES:
        assert f"<br>`{rule.id}`" in (kept if rule.emulated else missing)
