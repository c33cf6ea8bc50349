"""The 15 instances of Braze, and addresses that are none of them."""

import pytest

from b2bkit.addresses import AddressError
from b2bkit.braze.instances import Instance, UnknownInstance

NAMES_AND_HOSTS = [
    ("US-01", "rest.iad-01.braze.com", "dashboard-01.braze.com"),
    ("US-02", "rest.iad-02.braze.com", "dashboard-02.braze.com"),
    ("US-03", "rest.iad-03.braze.com", "dashboard-03.braze.com"),
    ("US-04", "rest.iad-04.braze.com", "dashboard-04.braze.com"),
    ("US-05", "rest.iad-05.braze.com", "dashboard-05.braze.com"),
    ("US-06", "rest.iad-06.braze.com", "dashboard-06.braze.com"),
    ("US-07", "rest.iad-07.braze.com", "dashboard-07.braze.com"),
    ("US-08", "rest.iad-08.braze.com", "dashboard-08.braze.com"),
    ("US-10", "rest.us-10.braze.com", "dashboard.us-10.braze.com"),
    ("EU-01", "rest.fra-01.braze.eu", "dashboard-01.braze.eu"),
    ("EU-02", "rest.fra-02.braze.eu", "dashboard-02.braze.eu"),
    ("AU-01", "rest.au-01.braze.com", "dashboard.au-01.braze.com"),
    ("ID-01", "rest.id-01.braze.com", "dashboard.id-01.braze.com"),
    ("JP-01", "rest.jp-01.braze.com", "dashboard.jp-01.braze.com"),
    ("KR-01", "rest.kr-01.braze.com", "dashboard.kr-01.braze.com"),
]


@pytest.mark.parametrize(("name", "rest", "dashboard"), NAMES_AND_HOSTS)
def test_each_documented_instance(name, rest, dashboard):
    found = Instance.named(name)
    assert found == Instance(name, f"https://{rest}", f"https://{dashboard}", is_live=True)
    assert found.host == rest
    assert found.is_braze
    assert Instance.of_host(rest.upper()) is found
    assert Instance.at(f"https://{rest}/") is found


def test_all_of_them_in_order():
    assert [it.name for it in Instance.all()] == [name for name, _, _ in NAMES_AND_HOSTS]


@pytest.mark.parametrize("spelling", ["US-06", "us-06", " us-06 ", "us06", "US 6", "us_06"])
def test_a_name_is_found_however_it_is_spelled(spelling):
    assert Instance.named(spelling).name == "US-06"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("US-09", "There is no US-09. Did you mean US-10 or US-08 or US-07?"),
        ("US-6O", "There is no US-6O. Did you mean US-06"),
        ("Mars", "There is no MARS. Braze has US-01, US-02,"),
        ("", "There is no instance without a name."),
        ("sandbox", "The sandbox is known by its address"),
    ],
)
def test_a_name_that_is_none(name, sentence):
    with pytest.raises(UnknownInstance) as caught:
        Instance.named(name)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8000", "http://127.8.9.1:1", "http://localhost:8000", "http://[::1]:9"],
)
def test_a_server_on_this_machine_is_a_sandbox(url):
    assert Instance.sandbox(url) == Instance.at(url) == Instance("sandbox", url, is_live=False)


def test_a_sandbox_is_on_this_machine():
    with pytest.raises(UnknownInstance, match="is not on this machine"):
        Instance.sandbox("https://sandbox.example.com")


def test_an_address_of_ones_own():
    own = Instance.at("https://braze.example.com:8443/")
    assert own == Instance("braze.example.com", "https://braze.example.com:8443", is_live=True)
    assert not own.is_braze


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://sdk.iad-06.braze.com", "the SDK address of US-06"),
        ("https://sdk.fra-01.braze.eu", "the SDK address of EU-01"),
        ("https://dashboard-06.braze.com", "the dashboard address of US-06"),
        ("https://rest.iad-10.braze.com", "the old address of US-10"),
        ("https://rest.iad-06.braze.com/users/track", "an address without a path"),
        ("http://rest.iad-06.braze.com", "US-06 is at https://rest.iad-06.braze.com"),
        ("https://rest.iad-06.braze.com:444", "US-06 is at https://rest.iad-06.braze.com"),
    ],
)
def test_addresses_that_are_nearly_right(url, sentence):
    with pytest.raises(UnknownInstance, match=sentence):
        Instance.at(url)


def test_a_wrong_host_names_the_right_one():
    with pytest.raises(UnknownInstance, match=r"its REST API is https://rest\.us-10\.braze\.com"):
        Instance.at("https://dashboard.us-10.braze.com")


@pytest.mark.parametrize("url", ["", "rest.iad-06.braze.com", "ftp://x", "https://", "https://a b"])
def test_an_address_that_cannot_be_read(url):
    with pytest.raises(AddressError):
        Instance.at(url)


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("https://rest.iad-06.braze.com/users/track", "https://rest.fra-01.braze.eu/users/track"),
        ("https://rest.iad-06.braze.com", "https://rest.fra-01.braze.eu"),
        ("https://rest.fra-01.braze.eu/a", "https://rest.fra-01.braze.eu/a"),
        ("https://rest.us-10.braze.com/{{x}}?a", "https://rest.fra-01.braze.eu/{{x}}?a"),
        ("https://rest.iad-06.braze.com.evil.example/a",) * 2,
        ("http://rest.iad-06.braze.com/a",) * 2,
        ("https://hooks.example/a",) * 2,
        ("{{url}}",) * 2,
    ],
)
def test_an_instance_takes_the_place_of_another_in_a_url(url, moved):
    assert Instance.named("EU-01").url_here(url) == moved
