"""`abort_message`: a message that would not be sent, with the reason Braze logs."""

import pytest

from b2bkit.errors import B2bkitError
from b2bkit.liquid import Aborted, Context, Template

CALLED = "{% abort_message %} called"


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{% abort_message('no city') %}", "no city"),
        ('{% abort_message("it\'s off") %}', "it's off"),
        ("{% abort_message ( 'x' ) %}", "x"),
        ("{%abort_message('x')%}", "x"),
        ("{%- abort_message('x') -%}", "x"),
        ("{% abort_message(no city) %}", "no city"),
        ("{% abort_message('{{${first_name}}} is blank') %}", "{{${first_name}}} is blank"),
        ("{% abort_message %}", CALLED),
        ("{% abort_message() %}", CALLED),
        ("{% abort_message('') %}", CALLED),
        ("{% liquid\n abort_message('x')\n%}", "x"),
    ],
)
def test_every_spelling_gives_its_reason(tag, reason):
    with pytest.raises(Aborted) as caught:
        Template(f"before{tag}after").render()
    assert caught.value.reason == reason
    assert isinstance(caught.value, B2bkitError)


def test_a_preview_shows_the_text_so_far_and_the_reason():
    preview = Template("Hi {% abort_message('x') %}there").preview()
    assert (preview.text, preview.aborted) == ("Hi ", "x")


def test_an_abort_that_is_not_reached_does_nothing():
    text = "{% if ${language} == 'en' %}Hi{% else %}{% abort_message('other') %}{% endif %}"
    context = Context(attributes={"language": "en"})
    assert Template(text).render(context) == "Hi"
    assert Template(text).preview(context).aborted is None


def test_the_first_abort_wins():
    with pytest.raises(Aborted, match="one"):
        Template("{% abort_message('one') %}{% abort_message('two') %}").render()
