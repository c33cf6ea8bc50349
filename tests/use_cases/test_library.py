"""Finding a use case, and what every file of the library must hold."""

import pytest

from b2bkit.addresses import Address
from b2bkit.braze.endpoints import endpoint
from b2bkit.use_cases import UseCaseError, UseCaseWebhook, use_case, use_case_names
from b2bkit.use_cases.library import read_use_case
from b2bkit.webhook import WebhookError

EVERY = [(name, variant) for name in use_case_names() for variant in use_case(name).variants]

SMALL = """
title = "t"
goal = "g"
permission = "users.track"
today = "n"
[names.your_name]
label = "Name"
default = "plain"
help = "h"
[webhook]
url = "https://rest.iad-06.braze.com/users/track"
"""


def test_the_library():
    assert use_case_names() == ["counter", "event-property-to-profile", "second-canvas"]


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_every_variant_is_whole(name, variant):
    case = use_case(name, variant)
    assert (case.id, case.variant) == (name, variant)
    assert case.title
    assert case.goal.endswith(".")
    assert case.today.endswith(".")
    assert case.notice
    assert all(it.endswith(".") for it in (*case.notice, *case.where.values()))
    assert case.webhook is case.webhooks[case.webhook.id]
    assert isinstance(case.webhook, UseCaseWebhook)
    assert repr(case) == f"<UseCase {name}, {variant}>"


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_every_sample_gives_a_request_without_findings(name, variant):
    case = use_case(name, variant)
    shown = case.webhook.preview(case.sample)
    assert shown.findings == ()
    assert shown.aborted is None
    assert shown.request.json_error is None


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_every_permission_is_the_endpoints_own(name, variant):
    webhook = use_case(name, variant).webhook
    path = Address.read(webhook.url).path
    assert endpoint(webhook.method, path).permission == use_case(name).permission


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_every_name_is_used(name, variant):
    """A chosen name appears in the webhook, its trigger or its sample, and its default nowhere."""
    fields = use_case(name, variant).name_fields
    chosen = {each: f"chosen {number}" for number, each in enumerate(fields)}
    case = use_case(name, variant, **chosen)
    assert case.names == chosen
    text = "".join(
        f"{it.url}{it.body}{it.headers}{it.trigger}" for it in case.webhooks.values()
    ) + str({key: case.sample[key] for key in case.sample})
    for each, field in fields.items():
        assert chosen[each] in text
        assert field.default not in text
        assert field.label
        assert field.help.endswith(".")


@pytest.mark.parametrize(("name", "variant"), EVERY)
def test_every_sample_fills_what_the_webhook_reads(name, variant):
    case = use_case(name, variant)
    for field in case.webhook.fields:
        assert field.name in case.sample[field.namespace], str(field)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("countr",), "There is no use case 'countr'. Did you mean counter? There are: counter,"),
        (("counter", "documented"), "There is no variant of counter called 'documented'."),
        (("second-canvas", "as-documented"), "There are: recommended."),
    ],
)
def test_what_there_is_not(asked, sentence):
    with pytest.raises(UseCaseError) as caught:
        use_case(*asked)
    assert sentence in str(caught.value)


def test_a_placeholder_that_there_is_not():
    with pytest.raises(UseCaseError) as caught:
        use_case("counter", your_atribute_count="visits")
    assert str(caught.value) == (
        "There is no name to choose 'your_atribute_count'. Did you mean your_attribute_count? "
        "There are: your_attribute_count."
    )


def test_a_single_webhook_is_the_recommended_one():
    case = read_use_case("small", SMALL, "recommended", {})
    assert case.variants == ("recommended",)
    assert list(case.webhooks) == ["small"]
    assert case.names == {"your_name": "plain"}


def test_several_webhooks_keep_their_ids_and_triggers():
    text = SMALL.replace("[webhook]", '[[webhook]]\nid = "first"') + (
        'trigger = {event = "your_name"}\n'
        '[[webhook]]\nid = "then"\nurl = "https://rest.iad-06.braze.com/x/your_name"\n'
    )
    case = read_use_case("small", text, "recommended", {"your_name": "tea"})
    assert list(case.webhooks) == ["first", "then"]
    assert case.webhook.trigger == {"event": "tea"}
    assert case.webhooks["then"].url == "https://rest.iad-06.braze.com/x/tea"


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (
            ("title =", "titel ="),
            UseCaseError,
            "There is no use case entry 'titel'. Did you mean title?",
        ),
        (('goal = "g"', ""), UseCaseError, "In the file of small: a use case needs a goal."),
        (
            ("label =", "lable ="),
            UseCaseError,
            "There is no name entry 'lable'. Did you mean label?",
        ),
        (("[webhook]", "[webhook"), UseCaseError, "The file of small cannot be read"),
        (
            ("[webhook]", "[sample.atributes]\na = 1\n[webhook]"),
            UseCaseError,
            "There is no sample entry 'atributes'. Did you mean attributes?",
        ),
        (("[webhook]", '[webhook]\nvariant = "best"'), UseCaseError, "There is no variant 'best'"),
        (("url =", "uri ="), WebhookError, "A [webhook] has no uri. Did you mean url?"),
        (("[webhook]", '[webhook]\nmethod = "PATCH"'), WebhookError, "cannot PATCH"),
    ],
)
def test_a_file_that_is_wrong(change, error, sentence):
    with pytest.raises(error) as caught:
        read_use_case("small", SMALL.replace(*change), "recommended", {})
    assert sentence in str(caught.value)
