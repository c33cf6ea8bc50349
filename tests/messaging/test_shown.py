"""Timeline and sequence diagram: what they hold, and what they keep to themselves."""

from datetime import timedelta

import pandas as pd
import pytest
from stage import track

from b2bkit.campaigns import Campaign, Canvas, Delay, Message, PerformEvent
from b2bkit.messaging import START, Record, SequenceDiagram
from b2bkit.messaging.diagram import MOST_LINES
from b2bkit.messaging.journal import shown

OPENED = PerformEvent("Opened")


def welcome(run):
    flows = run(
        Canvas(
            name="Welcome",
            trigger=OPENED,
            steps=[
                Message("Hello {{${first_name}}}"),
                Delay(timedelta(days=1)),
                track('"greeted": {"inc": 1}, "mood": "{{context.${mood}}}"'),
            ],
        )
    )
    flows.perform("ada", "Opened", {"mood": "cheerful"})
    flows.advance(days=1)
    return flows


def test_the_timeline_is_a_table_of_what_happened_in_order(run):
    table = welcome(run).timeline()
    assert list(table.columns) == [
        "time",
        "user",
        "what",
        "campaign",
        "step",
        "detail",
        "status",
        "chain",
        "hop",
    ]
    rows = table[["what", "campaign", "step", "detail", "status", "hop"]]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("event", "", "", "Opened", "", 0),
        ("entry", "Welcome", "", 'event "Opened"', "", 1),
        ("message", "Welcome", "email", "email", "sent", 1),
        ("delay", "Welcome", "delay", "1 day", "", 1),
        ("webhook", "Welcome", "webhook", "POST /users/track → 201", "accepted", 1),
        ("attribute", "", "", "greeted: none → 1", "", 1),
        ("attribute", "", "", "mood: none → text", "", 1),
        ("exit", "Welcome", "", "", "", 1),
    ]
    assert set(table["user"]) == {"ada"}
    assert set(table["chain"]) == {1}
    assert isinstance(table["time"].dtype, pd.DatetimeTZDtype)
    assert table["time"][4] == START + timedelta(days=1)


def test_texts_that_may_be_personal_are_shown_only_when_asked_for(run):
    flows = welcome(run)
    plain = flows.timeline().to_csv() + flows.diagram().mermaid + str(flows.diagram())
    plain += flows.webhooks().to_csv() + repr(flows.attempts) + flows.activity_log().to_csv()
    assert not [word for word in ("Ada", "cheerful", "ada@example.com") if word in plain]
    asked = flows.timeline(values=True)
    assert asked["values"][0] == "{'mood': 'cheerful'}"
    assert asked["values"][2] == "Hello Ada"
    assert asked["values"][6] == "None → 'cheerful'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "none"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (1.5, "1.5"),
        ("secret", "text"),
        (["secret"], "array"),
        ({"a": "secret"}, "object"),
    ],
)
def test_of_a_value_only_numbers_true_and_false_are_shown(value, text):
    assert shown(value) == text


def test_tables_without_rows_have_their_columns(run):
    flows = run()
    assert list(flows.timeline().columns)[:3] == ["time", "user", "what"]
    assert list(flows.webhooks().columns)[-2:] == ["next_attempt", "test"]
    assert list(flows.messages().columns)[-1] == "text"
    assert "timestamp" in flows.activity_log().columns


def test_the_diagram_is_drawn_by_jupyterlab_and_a_table_elsewhere(run):
    diagram = welcome(run).diagram()
    bundle = diagram._repr_mimebundle_()
    assert set(bundle) == {"text/vnd.mermaid", "text/plain"}, "HTML would win over the drawing"
    assert bundle["text/vnd.mermaid"].splitlines() == [
        "sequenceDiagram",
        "actor U as ada",
        "participant C1 as Welcome",
        "participant B as Braze REST API",
        "Note over U,B: 2026-01-05 09.00 UTC",
        "U->>B: event Opened",
        "B->>C1: event #34;Opened#34;",
        "C1->>U: message email (sent)",
        "Note over C1: delay 1 day",
        "Note over U,B: 1 day later",
        "C1->>B: webhook POST /users/track → 201 (accepted)",
        "Note over B: attribute greeted: none → 1",
        "Note over B: attribute mood: none → text",
        "Note over C1: exit",
    ]
    head, first, *_ = bundle["text/plain"].splitlines()
    assert head.split() == ["time", "user", "what", "campaign", "step", "detail", "status"]
    assert first.startswith("2026-01-05 09:00:00  ada   event")


@pytest.mark.parametrize(
    ("detail", "drawn"),
    [
        ("a;b", "a#59;b"),
        ("a#b", "a#35;b"),
        ("<b>x</b>", "#60;b#62;x#60;/b#62;"),
        ("a\nb", "a b"),
        ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"),
        ("x" * 200, "x" * 83 + "…"),
    ],
)
def test_names_cannot_break_out_of_the_diagram(detail, drawn):
    record = Record(1, START, "", "event", detail=detail)
    line = SequenceDiagram((record,)).mermaid.splitlines()[-1]
    assert line == f"U->>B: event {drawn}"


def test_a_very_long_timeline_is_not_drawn_to_its_end():
    records = tuple(Record(n, START, "ada", "event", detail="x") for n in range(MOST_LINES + 7))
    lines = SequenceDiagram(records).mermaid.splitlines()
    assert lines[-1] == "Note over U,B: 7 more lines are in the timeline"
    assert len(lines) == MOST_LINES + 5


def test_a_refusal_is_drawn_as_a_cross(run):
    flows = run(Campaign(name="A", trigger=OPENED, steps=[Message("x")]))
    flows.perform("ada", "Opened")
    flows.perform("ada", "Opened")
    flows.perform("bob", "Closed")
    lines = flows.diagram().mermaid.splitlines()
    assert "actor U as Users" in lines
    assert "B--xC1: ada: no entry received before (not re-eligible)" in lines
    assert "U->>B: bob: event Closed" in lines
