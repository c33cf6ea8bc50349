"""Sending from the Explorer: to the sandbox, to elsewhere, and when it goes wrong."""

import asyncio
import threading
from functools import partial

import httpx
import pytest

from b2bkit import Sandbox
from b2bkit.client import Client, KeyMissing
from b2bkit.errors import B2bkitError
from b2bkit.ui.entries import Entry, entry_of
from b2bkit.ui.explorer.model import ExplorerModel, NothingToSend
from b2bkit.ui.explorer.outcome import changed, compare, rows
from b2bkit.ui.explorer.results import profile as answer_profile
from b2bkit.ui.explorer.sending import NotTicked
from b2bkit.ui.explorer.target import CUSTOM

COUNT = "custom_attribute.${your_attribute_count}"
KEY = "0f1e2d3c-made-up-live-like-key"


@pytest.fixture
def counter(session):
    return ExplorerModel(session, "counter")


def send(model):
    return asyncio.run(model.send())


def count(session, user="ada"):
    return session.sandbox.profile(user)["custom_attributes"]["your_attribute_count"]["value"]


def field(model, label):
    return next(slot.entry.given for slot in model.look.slots if slot.label == label)


def elsewhere(model, url, key=KEY):
    """Aim a model at a custom URL, with a key and the tick."""
    model.aim(model.target.with_choice(CUSTOM).with_url(url).with_tick(understood=True))
    if key:
        model.use_key(key)


# The sandbox


def test_the_users_count_rises_by_one_with_each_send(session, counter):
    counter.fill(COUNT, entry_of(5))
    send(counter)
    assert (count(session), field(counter, COUNT)) == (6, 6)
    send(counter)
    assert (count(session), field(counter, COUNT)) == (7, 7)
    assert [changed(result) for result in counter.results] == [
        "your_attribute_count: 5 (number) → 6 (number)",
        "your_attribute_count: 6 (number) → 7 (number)",
    ]


def test_a_first_count_is_put_as_typed_and_nothing_else_is_in_the_profile(session, counter):
    counter.fill("${first_name}", Entry("missing"))
    result = send(counter)
    assert result.before["attributes"] == {}
    assert result.before["custom_attributes"] == {
        "your_attribute_count": {"type": "number", "value": 2}
    }


def test_a_quoted_number_is_left_out_and_the_result_says_so(session, counter):
    counter.choose_variant("as-documented")
    result = send(counter)
    assert result.outcome == "accepted"
    assert count(session) == 2
    assert result.dropped == (
        "your_attribute_count: the attribute is of type number, the value of type text",
    )
    assert changed(result).startswith("nothing; left out: your_attribute_count")


def test_a_quoted_number_becomes_text_where_there_was_no_number(session, counter):
    counter.choose_variant("as-documented")
    counter.fill(COUNT, Entry("missing"))
    send(counter)
    assert field(counter, COUNT) == "1"
    send(counter)
    assert (count(session), field(counter, COUNT)) == ("2", "2")


def test_a_field_edited_between_sends_is_put_into_the_profile(session, counter):
    send(counter)
    counter.fill(COUNT, entry_of(100))
    send(counter)
    assert (count(session), field(counter, COUNT)) == (101, 101)


def test_what_the_webhook_wrote_stays_when_another_field_is_edited(session, counter):
    counter.edit_body('{"attributes": [{"external_id": "{{${user_id}}}", "seen": true}]}')
    send(counter)
    counter.fill("${first_name}", entry_of("Grace"))
    result = send(counter)
    assert result.after["custom_attributes"]["seen"] == {"type": "boolean", "value": True}
    assert result.after["attributes"]["first_name"] == "Grace"


def test_a_field_edited_while_it_is_sent_is_not_overwritten(session, counter):
    async def edit_meanwhile():
        sending = asyncio.create_task(counter.send())
        await asyncio.sleep(0)
        counter.fill(COUNT, entry_of(50))
        await sending

    asyncio.run(edit_meanwhile())
    assert count(session) == 3
    assert field(counter, COUNT) == 50


def test_a_user_who_is_in_the_sandbox_already_keeps_what_has_no_field(session, counter):
    session.sandbox.put_user({"external_id": "ada", "custom_attributes": {"tier": "gold"}})
    result = send(counter)
    assert result.before["custom_attributes"]["tier"]["value"] == "gold"
    counter.reset_user()
    assert "tier" not in session.sandbox.profile("ada")["custom_attributes"]


def test_two_that_send_at_once_each_see_their_own_doing(session, counter):
    other = ExplorerModel(session, "counter", "as-documented")

    async def both():
        return await asyncio.gather(counter.send(), other.send())

    kept, left_out = asyncio.run(both())
    assert kept.dropped == ()
    assert len(left_out.dropped) == 1


def test_reset_user_starts_again(session, counter):
    counter.fill(COUNT, entry_of(9))
    counter.fill("${first_name}", Entry("missing"))
    send(counter)
    counter.reset_user()
    assert (count(session), field(counter, COUNT)) == (2, 2)
    assert session.sandbox.profile("ada")["attributes"] == {"first_name": "Ada"}
    assert len(counter.results) == 1


def test_a_reset_sandbox_gets_the_user_again(session, counter):
    send(counter)
    session.sandbox.reset()
    send(counter)
    assert count(session) == 4


def test_two_explorers_do_not_disturb_each_other(session, counter):
    other = ExplorerModel(session, "counter")
    counter.fill(COUNT, entry_of(10))
    send(counter)
    send(other)
    send(counter)
    assert (count(session), count(session, "ada-2")) == (12, 3)
    assert len(other.results) == 1


def test_nothing_is_put_for_a_user_without_an_id(session, counter):
    counter.choose_variant("as-documented")
    counter.fill("${user_id}", Entry("missing"))
    result = send(counter)
    assert (result.user, result.before, result.after) == ("", None, None)
    assert changed(result) == "not looked at"
    assert rows([result])[0][3] == "–"


def test_a_trigger_is_noted(session):
    result = send(ExplorerModel(session, "second-canvas"))
    assert result.outcome == "accepted"
    assert "triggered for 1 recipient" in result.notes[0]


# Nothing to send


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda model: model.edit_body("{% if %}"), "First mend this"),
        (lambda model: model.name("your_attribute_count", ""), "is blank"),
        (lambda model: model.fill("${user_id}", Entry("blank")), "no external ID"),
        (lambda model: model.fill(COUNT, Entry("list", [], "[", "No list.")), "No list."),
    ],
)
def test_what_would_not_be_sent_is_not_sent(counter, spoil, says):
    spoil(counter)
    with pytest.raises(NothingToSend, match="Nothing was sent") as error:
        send(counter)
    assert says in str(error.value)
    assert counter.results == []


# Elsewhere


def test_anything_but_the_sandbox_wants_a_tick(counter):
    counter.aim(counter.target.with_choice("US-06"))
    counter.use_key(KEY)
    with pytest.raises(NotTicked, match="tick first"):
        send(counter)


@pytest.mark.parametrize(
    "change",
    [
        lambda target: target.with_choice("EU-01"),
        lambda target: target.with_choice("sandbox"),
        lambda target: target.with_url("https://elsewhere.example"),
    ],
)
def test_another_place_takes_the_tick_away(counter, change):
    ticked = counter.target.with_choice("US-06").with_tick(understood=True)
    assert not change(ticked).understood


def test_a_key_is_kept_for_its_place_only(counter):
    counter.use_key(KEY)
    assert counter.sender.has_key(counter.target)
    for choice in ("US-06", CUSTOM):
        counter.aim(counter.target.with_choice(choice))
        assert not counter.sender.has_key(counter.target)
    counter.aim(counter.target.with_choice("sandbox"))
    assert counter.sender.has_key(counter.target)
    counter.forget_key()
    assert not counter.sender.has_key(counter.target)


def test_an_address_of_ones_own_wants_a_key_of_its_own(counter, monkeypatch):
    monkeypatch.setenv("BRAZE_API_KEY", KEY)
    with Sandbox() as other:
        elsewhere(counter, other.url, key=None)
        with pytest.raises(KeyMissing, match="Use key"):
            send(counter)


def test_without_a_key_for_a_live_instance_the_explorer_says_where_to_type_one(
    counter, monkeypatch
):
    monkeypatch.delenv("BRAZE_API_KEY", raising=False)
    counter.aim(counter.target.with_choice("US-06").with_tick(understood=True))
    with pytest.raises(KeyMissing, match="no key for US-06"):
        send(counter)


@pytest.mark.parametrize(
    ("choice", "url", "host"),
    [
        ("sandbox", "", "rest.iad-06.braze.com"),
        ("EU-01", "", "rest.fra-01.braze.eu"),
        (CUSTOM, "https://rest.fra-02.braze.eu", "rest.fra-02.braze.eu"),
        (CUSTOM, "https://else", "rest.iad-06.braze.com"),
        (CUSTOM, "no address", "rest.iad-06.braze.com"),
    ],
)
def test_the_url_follows_the_live_instance_that_is_chosen(counter, choice, url, host):
    """A use case names one instance as an example; nobody else could send it otherwise."""
    counter.aim(counter.target.with_choice(choice).with_url(url))
    assert counter.look.request.url == f"https://{host}/users/track"
    counter.edit_body("{}")
    assert counter.look.webhook.url == f"https://{host}/users/track"
    counter.choose("second-canvas")
    assert counter.look.request.url == f"https://{host}/canvas/trigger/send"
    counter.aim(counter.target.with_choice("sandbox"))
    counter.choose("counter")
    assert counter.look.request.url == "https://rest.iad-06.braze.com/users/track"


def test_a_use_case_can_be_sent_to_any_live_instance(session):
    sent = []
    answer = httpx.MockTransport(lambda request: sent.append(request) or httpx.Response(201))
    model = ExplorerModel(session, "counter", make_client=partial(Client, transport=answer))
    model.aim(model.target.with_choice("EU-01").with_tick(understood=True))
    model.use_key(KEY)
    assert send(model).outcome == "accepted"
    assert [str(request.url) for request in sent] == ["https://rest.fra-01.braze.eu/users/track"]


def test_a_long_user_id_does_not_fill_the_page(counter):
    counter.fill("${user_id}", Entry("text", "y" * 900))
    result = send(counter)
    assert rows([result])[0][3] == "y" * 60 + "…"
    assert len(answer_profile(result)) < 2_000


def test_a_custom_url_gets_the_request_with_its_key(session, counter):
    with Sandbox() as other:
        elsewhere(counter, other.url, other.key)
        result = send(counter)
        assert (result.outcome, result.to) == ("accepted", other.url)
        assert other.profile("ada") is not None
    assert (result.was_watched, result.before, result.after) == (False, None, None)
    assert session.sandbox.profile("ada") is None


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "blank"),
        ("rest.iad-06.braze.com", "http"),
        ("https://dashboard-06.braze.com", "dashboard"),
        ("https://rest.iad-06.braze.com/users/track", "path"),
    ],
)
def test_an_address_that_is_none_says_so(counter, url, says):
    elsewhere(counter, url)
    with pytest.raises(B2bkitError) as error:
        send(counter)
    assert says in str(error.value)


# When it goes wrong: one clear sentence, and nothing typed is lost


def answering(session, answer):
    client = partial(Client, transport=httpx.MockTransport(answer))
    return ExplorerModel(session, "counter", make_client=client)


def raising(error):
    def answer(request):
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (raising(httpx.ConnectError("no")), "not sent", "no server answers"),
        (raising(httpx.ReadTimeout("slow")), "unknown", "look at the profile"),
        (lambda _: httpx.Response(401), "refused", "the key is not valid"),
        (lambda _: httpx.Response(400, json={"message": "Bad"}), "refused", "Bad"),
        (lambda _: httpx.Response(500), "unknown", "may have been applied"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_row(session, answer, outcome, says):
    model = answering(session, answer)
    model.fill(COUNT, entry_of(5))
    result = send(model)
    assert result.outcome == outcome
    assert says in result.summary
    assert model.results == [result]
    assert rows([result])[0][6] == outcome
    assert field(model, COUNT) == 5


def test_a_wrong_key_is_refused_by_the_sandbox(counter):
    counter.use_key(KEY)
    result = send(counter)
    assert (result.outcome, result.response.status) == ("refused", 401)


def test_a_server_that_is_gone_is_one_sentence(counter):
    with Sandbox() as other:
        gone = other.url
    elsewhere(counter, gone)
    result = send(counter)
    assert result.outcome == "not sent"
    assert f"no server answers at {gone}" in result.summary


def test_stopping_leaves_the_outcome_unknown(session):
    arrived = threading.Event()

    async def never(request):
        arrived.set()
        await asyncio.Event().wait()

    model = answering(session, never)

    async def stop():
        sending = asyncio.create_task(model.send())
        await asyncio.to_thread(arrived.wait, 10)
        sending.cancel()
        return await sending

    result = asyncio.run(stop())
    assert (result.outcome, result.summary[:7]) == ("unknown", "Stopped")
    assert model.results == [result]


# Reading the outcome


def test_profiles_are_compared_part_by_part():
    before = {"attributes": {"first_name": "Ada"}, "custom_attributes": {}, "events": []}
    after = {
        "attributes": {},
        "custom_attributes": {"views": {"type": "number", "value": 1}},
        "events": [{"name": "seen"}],
    }
    assert [(row.name, row.before, row.after, row.change) for row in compare(before, after)] == [
        ("first_name", '"Ada"', "–", "removed"),
        ("views", "–", "1 (number)", "new"),
        ("custom events", "–", "1", "new"),
    ]


def test_a_changed_type_is_a_change():
    before = {"custom_attributes": {"views": {"type": "number", "value": 1}}}
    after = {"custom_attributes": {"views": {"type": "text", "value": "1"}}}
    assert compare(before, after)[0].change == "changed"


def test_rows_stand_newest_first(counter):
    for _ in range(2):
        send(counter)
    assert [row[0] for row in rows(counter.results)] == ["2", "1"]
