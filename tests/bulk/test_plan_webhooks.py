"""A webhook per row: which columns its Liquid reads, and how bodies share requests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bulk_files import objects, planned, refused, table

from b2bkit.bulk import PlanProblem, plan
from b2bkit.bulk.source import raw
from b2bkit.use_cases import use_case
from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from pathlib import Path

TRACK = "https://rest.iad-06.braze.com/users/track"
JSON = {"Content-Type": "application/json", "Authorization": "Bearer YOUR_API_KEY"}


def track(body: str, url: str = TRACK, **others: Any) -> Webhook:
    return Webhook(url, headers=JSON, body=body, **others)


def attribute(value: str) -> Webhook:
    """Make a webhook that sets one attribute."""
    return track(f'{{"attributes": [{{"external_id": "{{{{${{user_id}}}}}}", "x": {value}}}]}}')


@pytest.mark.parametrize(
    ("column", "cell", "liquid", "expected"),
    [
        ("first_name", "Ada", "{{${first_name} | as_json_string}}", "Ada"),
        ("email", "a@b.de", "{{${email_address} | as_json_string}}", "a@b.de"),
        ("email_address", "a@b.de", "{{${email_address} | as_json_string}}", "a@b.de"),
        ("plan", "pro", "{{custom_attribute.${plan} | as_json_string}}", "pro"),
        ("event_properties.plan", "pro", "{{event_properties.${plan} | as_json_string}}", "pro"),
        ("context.a b", "pro", "{{context.${a b} | as_json_string}}", "pro"),
        ("api_trigger_properties.n", "3", "{{api_trigger_properties.${n} | plus: 1}}", 4),
        ("visits", "3", "{{custom_attribute.${visits} | plus: 1}}", 4),
        ("visits", "", "{{custom_attribute.${visits} | default: 0 | plus: 1}}", 1),
        ("vip", "TRUE", "{% if custom_attribute.${vip} == true %}1{% else %}0{% endif %}", 1),
        ("tags", '"[""a"",""b""]"', "{{custom_attribute.${tags} | size}}", 2),
        ("zip", "007", "{{custom_attribute.${zip} | as_json_string}}", "007"),
    ],
)
def test_a_column_goes_where_its_name_says(
    tmp_path: Path, column: str, cell: str, liquid: str, expected: object
):
    made = planned(tmp_path, f"external_id,{column}", f"a,{cell}", webhook=attribute(liquid))
    assert refused(made) == []
    assert objects(made) == [{"external_id": "a", "x": expected}]


def test_columns_are_renamed_for_the_webhook(tmp_path: Path):
    made = planned(
        tmp_path,
        "no,Besuche",
        "a,3",
        id="no",
        rename={"Besuche": "event_properties.visits"},
        webhook=attribute("{{event_properties.${visits} | plus: 1}}"),
    )
    assert objects(made) == [{"external_id": "a", "x": 4}]


def test_a_use_case_is_rendered_per_row(tmp_path: Path):
    path = table(tmp_path, "external_id,visits", *(f"id-{n},{n}" for n in range(160)))
    made = plan(path, webhook="counter", names={"your_attribute_count": "visits"})
    assert made.requests == 3
    assert [each.units for each in made.batches()] == [75, 75, 10]
    assert all(each.adds for each in made.batches())
    assert objects(made)[7] == {"external_id": "id-7", "visits": {"inc": 1}}
    same = plan(path, webhook=use_case("counter"), names={"your_attribute_count": "visits"})
    assert [each.body for each in same.batches()] == [each.body for each in made.batches()]
    assert made.price.data_points == 160


def test_headers_and_address_are_those_of_the_webhook(tmp_path: Path):
    [batch] = planned(tmp_path, "external_id", "a", webhook=attribute("1")).batches()
    assert batch.target.url == TRACK
    assert dict(batch.target.headers) == JSON


@pytest.mark.parametrize(
    ("liquid", "reason"),
    [
        ("{% abort_message('no plan') %}", "the webhook aborts: no plan"),
        ("{% abort_message(${first_name}) %}", "the webhook aborts"),
        ("{{${first_name}}}", "the body is not JSON (line 1, column"),
        ("{{ 1 | divided_by: custom_attribute.${zero} }}", "the Liquid of the body fails in line"),
        ('"{{ "x" | append: custom_attribute.${long} }}"', "x: the text is longer than 255"),
        ('{"add": "x"}', "x: add and remove each take an array"),
        ('{"a": null}', "x: a nested value is null"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_sent_is_refused_without_its_cells(
    tmp_path: Path, liquid: str, reason: str
):
    made = planned(
        tmp_path,
        "external_id,first_name,zero,long",
        f"a,SECRETNAME,0,{'y' * 256}",
        webhook=attribute(liquid),
    )
    [(row, column, why)] = refused(made)
    assert (row, column) == (1, None)
    assert reason in why
    assert "SECRETNAME" not in str(made) + made._repr_html_() + json.dumps(made.to_dict())
    assert made.valid == 0


def test_a_blank_identifier_is_refused_in_brazes_words(tmp_path: Path):
    made = planned(tmp_path, "external_id,x", ",1", "b,2", webhook=attribute("1"))
    [(row, _, why)] = refused(made)
    assert row == 1
    assert why == "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required"


def test_a_cell_of_another_type_is_refused_with_its_column(tmp_path: Path):
    made = planned(
        tmp_path,
        "external_id,n",
        "a,1",
        "b,x",
        "c,3",
        webhook=attribute("{{custom_attribute.${n}}}"),
    )
    assert refused(made) == [(2, "n", "the column is of type integer, the cell holds text")]
    assert made.columns[1].conflicts == ((2, "text"),)


EVENT = track(
    '{"events": [{"external_id": "{{${user_id}}}", "name": "visited", '
    '"time": "2026-01-01T00:00:00Z", "properties": {"n": {{event_properties.${n}}}}}], '
    '"attributes": [{"external_id": "{{${user_id}}}", "seen": true}]}'
)


PROPERTY_IS_NULL = """{"events": [
    {"external_id": "a", "name": "n", "time": "2026-01-01", "properties": {"p": null}}
]}"""


class TestTrack:
    """Bodies of `/users/track` share requests."""

    def test_objects_of_all_arrays_count_together(self, tmp_path: Path):
        rows = [f"id-{n},{n}" for n in range(80)]
        made = planned(tmp_path, "external_id,event_properties.n", *rows, webhook=EVENT)
        batches = list(made.batches())
        assert [each.units for each in batches] == [37, 37, 6]
        assert [len(objects(made, array)) for array in ("attributes", "events")] == [80, 80]
        assert batches[0].rows_at("events", 3) == batches[0].rows_at("attributes", 3) == (4,)
        assert batches[0].adds

    def test_legacy_limits_count_each_array(self, tmp_path: Path):
        rows = [f"id-{n},{n}" for n in range(80)]
        made = planned(tmp_path, "external_id,event_properties.n", *rows, webhook=EVENT, batch=225)
        assert [each.units for each in made.batches()] == [75, 5]

    def test_bulk_goes_to_its_own_path(self, tmp_path: Path):
        rows = [f"id-{n}" for n in range(300)]
        made = planned(tmp_path, "external_id", *rows, webhook=attribute("1"), batch=1_000)
        [batch] = made.batches()
        assert batch.target.path == "/users/track/bulk"
        assert made.endpoint.path == "/users/track/bulk"

    def test_rows_that_set_are_merged_and_rows_that_add_are_kept(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,n", "a,1", "b,2", "a,3",
            webhook=attribute("{{custom_attribute.${n}}}"),
        )  # fmt: skip
        assert objects(made) == [{"external_id": "b", "x": 2}, {"external_id": "a", "x": 3}]
        made = planned(
            tmp_path, "external_id,n", "a,1", "b,2", "a,3",
            webhook=attribute('{"inc": {{custom_attribute.${n}}}}'),
        )  # fmt: skip
        assert [each["x"]["inc"] for each in objects(made)] == [1, 2, 3]

    def test_units_of_several_objects_are_not_merged(self, tmp_path: Path):
        made = planned(
            tmp_path, "external_id,event_properties.n", "a,1", "b,2", "a,3", webhook=EVENT
        )
        first, second = made.batches()
        assert (first.rows, second.rows) == ((1, 2), (3,))
        assert first.exclusive == second.exclusive != frozenset()

    def test_other_members_of_the_body_are_kept_apart(self, tmp_path: Path):
        webhook = track(
            '{"group_id": "{{custom_attribute.${g}}}", '
            '"attributes": [{"external_id": "{{${user_id}}}", "x": 1}]}'
        )
        made = planned(tmp_path, "external_id,g", "a,one", "b,two", "c,one", webhook=webhook)
        bodies = [json.loads(each.body) for each in made.batches()]
        assert [(it["group_id"], len(it["attributes"])) for it in bodies] == [
            ("two", 1),
            ("one", 2),
        ]

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ("[]", "the body is no JSON object"),
            ("{}", "Valid data must be provided"),
            ('{"attributes": {}}', "'attributes' must be an array of objects"),
            ('{"attributes": [{"external_id": "a"}, {"x": 1}]}', "attributes[1]: 'external_id'"),
            ('{"events": [{"external_id": "a", "name": "n"}]}', "'time' is required"),
            (PROPERTY_IS_NULL, "properties.p: a property is null"),
            (
                '{"attributes": [' + ",".join(['{"external_id": "a"}'] * 76) + "]}",
                "Max Input Length Exceeded",
            ),
        ],
    )  # fmt: skip
    def test_a_body_that_braze_would_refuse_is_refused(
        self, tmp_path: Path, body: str, reason: str
    ):
        [(_, _, why)] = refused(planned(tmp_path, "external_id", "a", webhook=track(body)))
        assert reason in why

    def test_numbers_of_any_length_arrive_exactly(self, tmp_path: Path):
        number = "123456789012345678901234567890"
        made = planned(tmp_path, "external_id", "a", webhook=attribute(f"[{number}]"))
        [batch] = made.batches()
        assert number.encode() in batch.body


CAMPAIGN = "https://rest.iad-06.braze.com/campaigns/trigger/send"


class TestTriggers:
    """Bodies of triggers that are equal but for their recipients share requests."""

    def trigger(self, properties: str = '{"plan": "{{custom_attribute.${plan}}}"}') -> Webhook:
        return track(
            f'{{"campaign_id": "c1", "trigger_properties": {properties}, '
            '"recipients": [{"external_user_id": "{{${user_id}}}"}]}',
            CAMPAIGN,
        )

    def test_recipients_share_a_request(self, tmp_path: Path):
        rows = [f"id-{n},{'pro' if n % 2 else 'free'}" for n in range(120)]
        made = planned(tmp_path, "external_id,plan", *rows, webhook=self.trigger())
        bodies = [json.loads(each.body) for each in made.batches()]
        assert [
            (it["trigger_properties"]["plan"], len(it["recipients"]), it["campaign_id"])
            for it in bodies
        ] == [("free", 50, "c1"), ("pro", 50, "c1"), ("free", 10, "c1"), ("pro", 10, "c1")]
        assert all(each.adds for each in made.batches())
        assert made.endpoint.path == "/campaigns/trigger/send"
        assert made.minutes == round(4 * 3600 / 250_000 / 60, 6)

    def test_a_recipient_stands_once_in_a_request(self, tmp_path: Path):
        made = planned(tmp_path, "external_id,plan", "a,x", "b,x", "a,x", webhook=self.trigger())
        first, second = made.batches()
        assert (first.rows, second.rows) == ((1, 2), (3,))
        assert first.identifiers()[1].value == "b"

    @pytest.mark.parametrize(
        ("recipient", "reason"),
        [
            ("{}", "a recipient needs one of external_user_id"),
            ('{"external_user_id": " "}', "a recipient needs one of external_user_id"),
            ('{"external_user_id": "a", "email": "a@b.de"}', "a recipient needs one of"),
            ('{"external_user_id": "a", "attributes": {"x": {"a": null}}}', "x: a nested value"),
        ],
    )
    def test_a_recipient_that_names_nobody_is_refused(
        self, tmp_path: Path, recipient: str, reason: str
    ):
        webhook = track(f'{{"campaign_id": "c1", "recipients": [{recipient}]}}', CAMPAIGN)
        [(_, _, why)] = refused(planned(tmp_path, "external_id", "a", webhook=webhook))
        assert reason in why

    def test_a_broadcast_goes_alone(self, tmp_path: Path):
        webhook = track('{"campaign_id": "c1", "broadcast": true}', CAMPAIGN)
        made = planned(tmp_path, "external_id", "a", "b", webhook=webhook)
        assert [each.units for each in made.batches()] == [1, 1]
        assert "2 rows need a request of their own" in made.notices[0]


class TestOthers:
    """Every other body is sent as it is, one request a row."""

    def test_the_address_may_depend_on_the_row(self, tmp_path: Path):
        webhook = Webhook(
            "https://rest.iad-06.braze.com/catalogs/shop/items/{{${user_id}}}",
            "PUT",
            JSON,
            '{"items": [{"stock": {{custom_attribute.${n}}}}]}',
        )
        made = planned(tmp_path, "external_id,n", "a,1", "b,2", webhook=webhook)
        first, second = made.batches()
        assert first.target.path == "/catalogs/shop/items/a"
        assert second.body == b'{"items": [{"stock": 2}]}'
        assert not first.adds
        assert made.endpoint.permission == "catalogs.replace_item"
        assert made.minutes == round(2 / 50, 6)
        assert "50 requests per minute" in made.notices[0]

    @pytest.mark.parametrize(
        ("method", "path", "adds"),
        [
            ("POST", "/messages/send", True),
            ("POST", "/users/identify", False),
            ("POST", "/subscription/status/set", False),
            ("POST", "/catalogs/shop/items/x", True),
            ("PUT", "/catalogs/shop/items/x", False),
            ("DELETE", "/catalogs/shop/items/x", False),
            ("POST", "/who/knows", True),
        ],
    )
    def test_what_may_be_repeated_is_known(
        self, tmp_path: Path, method: str, path: str, adds: bool
    ):
        webhook = Webhook(f"https://rest.iad-06.braze.com{path}", method, JSON, '{"a": 1}')
        [batch] = planned(tmp_path, "external_id", "a", webhook=webhook).batches()
        assert batch.adds is adds
        assert batch.rows_at("attributes", 0) == ()
        assert batch.identifiers() == (None,)

    def test_rows_of_one_profile_keep_their_order(self, tmp_path: Path):
        webhook = Webhook("https://rest.iad-06.braze.com/email/status", "POST", JSON, '{"a": 1}')
        made = planned(tmp_path, "external_id", "a", "b", "a", webhook=webhook)
        first, second, third = made.batches()
        assert first.exclusive == third.exclusive != frozenset()
        assert second.exclusive == frozenset()

    def test_an_address_that_cannot_be_sent_is_refused(self, tmp_path: Path):
        webhook = Webhook("https://rest.iad-06.braze.com/a/{{${user_id}}}", "GET", JSON)
        made = planned(tmp_path, "external_id", "a b", "c", webhook=webhook)
        assert refused(made) == [(1, None, "the url cannot be sent as it is rendered")]

    def test_key_value_bodies_are_rendered_pair_by_pair(self, tmp_path: Path):
        webhook = Webhook("https://rest.iad-06.braze.com/x", "POST", JSON, {"id": "{{${user_id}}}"})
        [batch] = planned(tmp_path, "external_id", "a", webhook=webhook).batches()
        assert json.loads(batch.body) == {"id": "a"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"webhook": track("{% if %}")}, "The webhook cannot be rendered"),
        ({"webhook": attribute("1"), "ops": {"x": "inc"}}, "ops belong to columns"),
        ({"webhook": attribute("1"), "create": True}, "create belongs to columns"),
        ({"webhook": attribute("1"), "names": {"a": "b"}}, "names belong to a use case"),
        ({"webhook": attribute("{{${user_id}}}"), "rename": {"x": "user_id"}}, "both give user_id"),
        ({"names": {"a": "b"}}, "names belong to a use case"),
    ],
)
def test_an_option_that_does_not_fit_a_webhook_says_why(tmp_path: Path, options: dict, words: str):
    with pytest.raises(PlanProblem, match=words):
        planned(tmp_path, "external_id,x", "a,1", **options)


def test_what_the_webhook_misses_and_what_it_does_not_read_is_told(tmp_path: Path):
    made = planned(
        tmp_path,
        "external_id,other",
        "a,1",
        webhook=attribute("{{custom_attribute.${n} | default: 0}}"),
    )
    assert made.notices == (
        "No column gives custom_attribute.${n}: blank in every row.",
        "The webhook does not read other: these columns are not sent.",
    )


def test_the_webhooks_findings_are_part_of_the_plan(tmp_path: Path):
    made = planned(tmp_path, "external_id,n", "a,x", webhook=attribute("{{custom_attribute.${n}}}"))
    assert [it.id for it in made.findings] == ["body-not-json"]


def test_workers_give_what_one_process_gives(tmp_path: Path, monkeypatch):
    """Several blocks: rendered by workers, in the order of the rows, equal profiles found."""
    monkeypatch.setattr(raw, "PIECE", 2_000)
    rows = [f"id-{n % 400},{n}" for n in range(500)]
    webhook = attribute("{{custom_attribute.${n}}}")
    made = planned(tmp_path, "external_id,n", *rows, webhook=webhook)
    found = {each["external_id"]: each["x"] for each in objects(made)}
    assert found == {f"id-{n % 400}": n for n in range(100, 500)}
    assert made.requests == 6
    assert sorted(row for each in made.batches() for row in each.rows) == list(range(1, 501))


def test_a_plan_made_again_is_the_same(tmp_path: Path):
    from b2bkit.bulk import Plan

    webhook = attribute('"{{ "now" | date: "%s" }}"')
    made = planned(tmp_path, "external_id", "a", webhook=webhook)
    again = Plan.again(made.options)
    assert again.fingerprint == made.fingerprint
    assert [it.body for it in again.batches()] == [it.body for it in made.batches()]
