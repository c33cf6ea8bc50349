"""Addresses are read by narrow rules, so that the host checked is the host contacted."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.addresses import Address, AddressError, is_loopback


@pytest.mark.parametrize(
    ("text", "origin", "target"),
    [
        ("https://a.example", "https://a.example", "/"),
        ("HTTPS://A.Example/X?q=1#f", "https://a.example", "/X?q=1"),
        ("https://a.example:443/x", "https://a.example", "/x"),
        ("http://a.example:80/x", "http://a.example", "/x"),
        ("http://127.0.0.1:8000//b.example/x", "http://127.0.0.1:8000", "//b.example/x"),
        ("http://[0::1]:9/x", "http://[::1]:9", "/x"),
        ("https://a.example?q=1", "https://a.example", "/?q=1"),
    ],
)
def test_an_address_is_read(text, origin, target):
    address = Address.read(text)
    assert (address.origin, address.target) == (origin, target)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "must begin with https"),
        ("a.example/x", "must begin with https"),
        ("ftp://a.example", "must begin with https"),
        ("https:///x", "must begin with https"),
        ("https://me@a.example/", "names a user"),
        ("https://rest.iad-06.braze.com@evil.example/", "names a user"),
        ("https://a.example\\@b.example", "a blank, a line break or a backslash"),
        ("https://a.example/x y", "filter url_param_escape"),
        ("https://a.example/\nx", "filter url_param_escape"),
        ("https://a.example:99999", "cannot be read"),
        ("https://[::g]/", "cannot be read|not an IPv6"),
        ("https://ä.example", "not a host name"),
        ("https://a.example%2f.b", "not a host name"),
        ("https://-a.example", "not a host name"),
        ("https://a..example", "not a host name"),
        ("https://a.example.", "not a host name"),
        ("https://" + "a" * 64 + ".example", "not a host name"),
        ("https://" + "a." * 127 + "a", "not a host name"),
    ],
)
def test_a_text_that_is_no_address(text, sentence):
    with pytest.raises(AddressError, match=sentence):
        Address.read(text)


def test_a_password_is_not_repeated():
    with pytest.raises(AddressError) as caught:
        Address.read("https://me:hunter2@a.example/")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.0.0.1", True),
        ("127.255.0.9", True),
        ("::1", True),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("127.1", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("::", False),
        ("128.0.0.1", False),
    ],
)
def test_loopback(host, here):
    assert is_loopback(host) is here


@given(st.text(alphabet="htps:/@.[]?#\\%aA1ü\t ", max_size=30).map("https://".__add__))
def test_the_host_we_read_is_the_host_httpx_contacts(text):
    """Whatever the text: it is refused, or both agree on host and port."""
    try:
        ours = Address.read(text)
    except AddressError:
        return
    theirs = httpx.URL(ours.origin + ours.target)
    assert (theirs.host, theirs.port) == (ours.host, ours.port)
