"""Headers: in order, spelled as given, found whatever their case."""

import pytest

from b2bkit.headers import Headers


def test_look_up_ignores_case():
    headers = Headers({"Content-Type": "a"})
    assert headers["content-type"] == headers.get("CONTENT-TYPE") == "a"
    assert "CONTENT-type" in headers
    assert "X" not in headers
    assert 3 not in headers
    with pytest.raises(KeyError):
        headers["X"]


def test_order_and_spelling_stay():
    assert list(Headers([("b", "1"), ("A", "2")]).items()) == [("b", "1"), ("A", "2")]


def test_repeated_headers_are_joined():
    assert dict(Headers([("Via", "1"), ("via", "2")])) == {"Via": "1, 2"}


def test_replace_keeps_the_place():
    headers = Headers({"A": "1", "B": "2"})
    assert list(headers.replace("a", "3").items()) == [("A", "3"), ("B", "2")]
    assert list(headers.replace("C", "3")) == ["A", "B", "C"]
    assert headers == {"A": "1", "B": "2"}


def test_the_text_form_holds_no_values():
    assert repr(Headers({"Authorization": "Bearer x", "B": "2"})) == "Headers(Authorization, B)"


def test_equal_headers_have_equal_hashes():
    assert hash(Headers({"A": "1", "B": "2"})) == hash(Headers({"B": "2", "A": "1"}))
