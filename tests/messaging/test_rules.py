"""The table of rules, checked against the code and the tests it names."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from b2bkit.messaging import HOP_LIMIT, DeliveryRules
from b2bkit.messaging.rules import RULES
from b2bkit.transport import TIMEOUT_SECONDS
from b2bkit.webhook import Webhook, WebhookError

ROOT = Path(__file__).parents[2]
KEPT = [rule for rule in RULES if rule.emulated]


def value(rule_id):
    return next(rule.value for rule in RULES if rule.id == rule_id)


def test_every_rule_has_an_id_of_its_own():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(each == each.lower() and " " not in each for each in ids)


@pytest.mark.parametrize("rule", KEPT, ids=lambda rule: rule.id)
def test_every_rule_that_is_kept_names_a_test_that_is_there(rule):
    file, _, name = rule.test.partition("::")
    path = (ROOT / file).resolve()
    found = [node.name for node in ast.parse(path.read_text("utf-8")).body if hasattr(node, "name")]
    assert name in found


def test_every_rule_that_is_not_kept_says_so():
    assert {rule.value for rule in RULES if not rule.emulated} == {"not emulated"}


def test_the_numbers_in_the_table_are_those_of_the_code():
    rules = DeliveryRules()
    waits = [int(wait.total_seconds()) for wait in rules.waits]
    assert value("webhook-retry-schedule").startswith("30, 60, 120, 240 and 480 seconds")
    assert waits == [30, 60, 120, 240, 480]
    assert f"{rules.unhealthy_after:,}" in value("host-unhealthy")
    assert rules.halt == timedelta(minutes=1)
    assert f"after {HOP_LIMIT} campaigns" in value("loop-guard")
    assert f"or {HOP_LIMIT * 4} of one user" in value("loop-guard")


def test_ninety_seconds():
    assert TIMEOUT_SECONDS == 90


@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE", "PATCH", "HEAD"])
def test_only_four_methods(method):
    if method in {"PATCH", "HEAD"}:
        with pytest.raises(WebhookError):
            Webhook("https://rest.iad-06.braze.com", method)
    else:
        assert Webhook("https://rest.iad-06.braze.com", method).method == method
