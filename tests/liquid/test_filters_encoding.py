"""The filters that hash, sign, encode, and escape for HTML and URLs."""

import pytest
from applying import apply, findings
from hypothesis import given
from hypothesis import strategies as st

from b2bkit.liquid.faults import Fault


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("md5", "", "d41d8cd98f00b204e9800998ecf8427e"),
        ("md5", "abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "sha2",
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        ("md5", 42, "a1d0c6e83f027327d8461063f4ac58a6"),
        ("md5", "é", "66ddcd97cfdeabb2f6fb8a999b4bc76f"),
        ("base64_encode", "né?>", "bsOpPz4="),
        ("base64", "né?>", "bsOpPz4="),
        ("base64_encode", None, ""),
        ("base64_url_safe_encode", "né?>~~~", "bsOpPz5-fn4="),
        ("base64_decode", "bsOpPz4=", "né?>"),
        ("base64_url_safe_decode", "bsOpPz5-fn4=", "né?>~~~"),
        ("base64_url_safe_decode", "bsOpPz5-fn4", "né?>~~~"),
    ],
)
def test_hashes_and_base64_of_utf_8(name, value, result):
    assert apply(name, value) == result


JEFE_SHA512 = (
    "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
    "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
)
JEFE = ("what do ya want for nothing?", "Jefe")  # RFC 2202 and 4231, test case 2


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("hmac_sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        ("hmac_sha1_hex", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        ("hmac_sha1_base64", "7/zfauXrL6LSdBbV8YTfnCWafHk="),
        ("hmac_sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ("hmac_sha256_hex", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ("hmac_sha256_base64", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
        ("hmac_sha512", JEFE_SHA512),
    ],
)
def test_signatures_are_those_of_the_standards(name, result):
    assert apply(name, *JEFE) == result


def test_signing_reads_key_and_value_as_text():
    assert apply("hmac_sha256", 12, None) == apply("hmac_sha256", "12", "")


@pytest.mark.parametrize("value", [None, ""])
def test_a_hash_of_nothing_leaves_a_finding(value):
    assert findings("md5", value) == ["hash-of-nothing"]
    assert findings("md5", "x") == []


@pytest.mark.parametrize("name", ["base64_decode", "base64_url_safe_decode"])
@pytest.mark.parametrize("value", ["no base64!", "é", "/w==", "YQ=\n="])
def test_what_is_no_base64_of_text_is_a_fault(name, value):
    with pytest.raises(Fault, match=f"invalid base64 provided to {name}"):
        apply(name, value)


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("url_encode", "a b&c=d/e+f~*", "a+b%26c%3Dd%2Fe%2Bf~%2A"),
        ("url_encode", "né", "n%C3%A9"),
        ("url_encode", None, None),
        ("url_encode", 7, "7"),
        ("url_escape", "https://x.io/a b?c=d&e=[1]%", "https://x.io/a%20b?c=d&e=[1]%25"),
        ("url_escape", 'né"\\^`{|}', "n%C3%A9%22%5C%5E%60%7B%7C%7D"),
        ("url_escape", None, ""),
        ("url_param_escape", "a b&c=d/e@f+g~", "a%20b%26c%3Dd%2Fe%40f%2Bg~"),
        ("url_param_escape", None, ""),
        ("url_decode", "a+b%26c%zz%C3%A9", "a b&c%zzé"),
        ("url_decode", None, None),
        (
            "escape",
            "<a b='c' d=\"e\">&amp;</a>",
            "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;amp;&lt;/a&gt;",
        ),
        ("escape", "&#x27;", "&amp;#x27;"),
        ("escape", None, None),
        ("escape", 7, "7"),
        ("h", "<", "&lt;"),
        ("escape_once", "&lt;b&gt; & <i> &#39; '", "&lt;b&gt; &amp; &lt;i&gt; &#39; &#39;"),
        ("escape_once", "&x &; &#x27;", "&amp;x &amp;; &amp;#x27;"),
    ],
)
def test_escapes(name, value, result):
    assert apply(name, value) == result


def test_bytes_that_are_no_utf_8_cannot_be_decoded():
    with pytest.raises(Fault, match="invalid byte sequence in UTF-8"):
        apply("url_decode", "%FF")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p class='x'>a <b>b</b></p>", "a b"),
        ("a<br/>b", "ab"),
        ("a<script>x < y</script>b", "ab"),
        ("a<style>\np { }\n</style>b", "ab"),
        ("a<!-- <b> -->b", "ab"),
        ("a<script>never closed", "anever closed"),
        ("a<!-- <b>x", "ax"),
        ("1 < 2 and 3 > 2", "1  2"),
        ("1 < 2", "1 < 2"),
        ("a > b < c", "a > b < c"),
        ("a<b\nc>d", "ad"),
        ("<SCRIPT>x</SCRIPT>", "x"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        (5, "5"),
        (None, ""),
    ],
)
def test_strip_html(html, text):
    assert apply("strip_html", html) == text


@pytest.mark.parametrize("piece", ["<", "<script", "<!--", "<style>", "<script<!--"])
def test_strip_html_takes_one_pass_over_what_is_never_closed(piece):
    html = piece * 100_000
    assert len(apply("strip_html", html)) in (len(html), 0, 100_000 * len("<script"))


@given(st.text())
def test_what_was_encoded_decodes_to_the_same_text(text):
    assert apply("url_decode", apply("url_encode", text)) == text
    assert apply("url_decode", apply("url_param_escape", text)) == text
    assert apply("base64_decode", apply("base64_encode", text)) == text
    assert apply("base64_url_safe_decode", apply("base64_url_safe_encode", text)) == text


@given(st.text())
def test_escaped_text_holds_no_sign_of_html(text):
    assert not set("<>\"'") & set(apply("escape", text))
    assert apply("escape_once", apply("escape", text)) == apply("escape", text)
