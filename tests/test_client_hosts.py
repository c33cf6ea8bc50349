"""Which host a request may go to. Every row that is refused is refused before anything is sent."""

import pytest

from b2bkit.braze.instances import Instance
from b2bkit.client import HostRefused
from b2bkit.client.hosts import HostRules

SANDBOX = "http://127.0.0.1:8000"
US_06 = "https://rest.iad-06.braze.com"
EU_01 = "https://rest.fra-01.braze.eu"
OWN = "https://proxy.example.com"

GOES = [
    # the instance, live, allow_host, the URL of the request, where it goes, to the instance itself?
    (SANDBOX, False, (), f"{US_06}/users/track", f"{SANDBOX}/users/track", True),
    (SANDBOX, False, (), f"{EU_01}/users/track?a=1", f"{SANDBOX}/users/track?a=1", True),
    (SANDBOX, False, (), f"{US_06}//evil.example/x", f"{SANDBOX}//evil.example/x", True),
    (SANDBOX, False, (), f"{SANDBOX}/users/track", f"{SANDBOX}/users/track", True),
    (SANDBOX, False, (), "http://127.0.0.1:9/x", "http://127.0.0.1:9/x", False),
    (SANDBOX, False, (), "http://[::1]:9/x", "http://[::1]:9/x", False),
    (SANDBOX, False, (), "http://127.3.4.5/x", "http://127.3.4.5/x", False),
    (SANDBOX, True, (), f"{US_06}/users/track", f"{SANDBOX}/users/track", True),
    ("http://localhost:8000", False, (), f"{US_06}/x", "http://localhost:8000/x", True),
    ("http://[::1]:8000", False, (), f"{US_06}/x", "http://[::1]:8000/x", True),
    (US_06, True, (), f"{US_06}/users/track", f"{US_06}/users/track", True),
    (US_06, True, (), "https://REST.IAD-06.Braze.com:443/x", f"{US_06}/x", True),
    (US_06, True, (), f"{SANDBOX}/x", f"{SANDBOX}/x", False),
    (US_06, True, ("Hooks.Example.com",), "https://hooks.example.com/x", "=", False),
    (US_06, True, "hooks.example.com", "https://hooks.example.com/x", "=", False),
    (OWN, True, ("proxy.example.com",), f"{OWN}/users/track", "=", True),
    (OWN, True, ("proxy.example.com",), f"{US_06}/users/track", f"{OWN}/users/track", True),
]

REFUSED = [
    # the instance, live, allow_host, the URL of the request, what is said
    (US_06, False, (), f"{US_06}/x", "was not told to send for real"),
    (US_06, False, (), f"{EU_01}/x", "meant for EU-01, and the client sends to US-06"),
    (US_06, True, (), f"{EU_01}/x", "meant for EU-01, and the client sends to US-06"),
    (US_06, True, ("rest.fra-01.braze.eu",), f"{EU_01}/x", "meant for EU-01, and the client"),
    (US_06, True, (), "https://evil.example/x", 'allow_host=["evil.example"]'),
    (US_06, False, ("evil.example",), "https://evil.example/x", "not told to send for real"),
    (US_06, True, ("example.com",), "https://sub.example.com/x", "not one of Braze's hosts"),
    (US_06, True, (), f"{US_06}.evil.example/x", "not one of Braze's hosts"),
    (US_06, True, (), "http://rest.iad-06.braze.com/x", "not contacted without https"),
    (SANDBOX, False, (), "http://rest.iad-06.braze.com/x", "not contacted without https"),
    (US_06, True, ("evil.example",), "http://evil.example/x", "not contacted without https"),
    (SANDBOX, False, (), "https://evil.example/x", "was not told to send for real"),
    (SANDBOX, True, (), "https://evil.example/x", "not one of Braze's hosts"),
    (SANDBOX, True, ("sdk.iad-06.braze.com",), "https://sdk.iad-06.braze.com/x", "SDK address"),
    (US_06, True, (), "https://dashboard-06.braze.com/x", "its REST API is https://rest.iad-06"),
    (OWN, True, (), f"{OWN}/users/track", "not one of Braze's hosts"),
    (OWN, False, ("proxy.example.com",), f"{OWN}/x", "was not told to send for real"),
    (SANDBOX, False, (), f"https://{'rest.iad-06.braze.com'}@evil.example/x", "names a user"),
    (SANDBOX, False, (), "https://evil.example\\@127.0.0.1/x", "a backslash"),
    (SANDBOX, False, (), "ftp://127.0.0.1/x", "must begin with https://"),
    (SANDBOX, False, (), "http://127.1/x", "not contacted without https"),
    (SANDBOX, False, (), "http://0.0.0.0:8000/x", "not contacted without https"),
    (SANDBOX, False, (), "https://localhost.evil.example/x", "was not told to send for real"),
]


@pytest.mark.parametrize(("instance", "live", "allow", "url", "goes_to", "home"), GOES)
def test_where_a_request_goes(instance, live, allow, url, goes_to, home):
    target = HostRules(Instance.at(instance), live, allow).target(url)
    assert (target.url, target.is_home) == (url if goes_to == "=" else goes_to, home)


@pytest.mark.parametrize(("instance", "live", "allow", "url", "words"), REFUSED)
def test_what_is_refused(instance, live, allow, url, words):
    with pytest.raises(HostRefused) as caught:
        HostRules(Instance.at(instance), live, allow).target(url)
    assert words in str(caught.value)


@pytest.mark.parametrize("named", [it for it in Instance.all() if it.name != "US-06"], ids=str)
def test_no_live_instance_is_mistaken_for_another(named):
    with pytest.raises(HostRefused, match=f"meant for {named.name}, .* sends to US-06"):
        HostRules(Instance.named("US-06"), live=True).target(f"{named.rest_url}/users/track")


@pytest.mark.parametrize("named", Instance.all(), ids=lambda it: it.name)
def test_every_documented_host_means_the_sandbox(named):
    target = HostRules(Instance.sandbox(SANDBOX)).target(f"{named.rest_url}/users/track")
    assert target.url == f"{SANDBOX}/users/track"


def test_an_instance_made_by_hand_is_not_trusted():
    """What it says of itself does not count; its address does."""
    posing = Instance("US-06", "https://evil.example", is_live=False)
    with pytest.raises(HostRefused, match="was not told to send for real"):
        HostRules(posing).target(f"{US_06}/users/track")
