"""What a message must not say, tried with texts made up by the machine."""

from __future__ import annotations

import string
import unicodedata
from datetime import date
from typing import get_args

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openyj.accounts.models import Locality, Service, Team
from openyj.jobs.declaring import alternatives
from openyj.outbox.discretion import EVERYDAY, GIVING_AWAY, refuse_what_gives_away, says
from openyj.outbox.kinds import KINDS, filled, message_kind, places_in

pytestmark = pytest.mark.django_db
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NEUTRAL = [
    "You",
    "have",
    "3",
    "things",
    "to",
    "do",
    "this",
    "week.",
    "Please",
    "ring",
    "me",
    "on",
    "Monday",
    "at",
    "2pm",
]
NAMES = ["Aldermere", "Aldermere Youth Justice Service", "ALD", "Harbour Quarter", "Mosslands", "Kestrel team"]


@pytest.fixture
def named(db):
    made = Service.objects.create(code="ALD", name="Aldermere Youth Justice Service", region="Westmarch", invented=True)
    Locality.objects.create(service=made, name="Harbour Quarter")
    Locality.objects.create(service=made, name="Mosslands")
    Team.objects.create(service=made, name="Kestrel team")
    return made


def disguised(word: str, how: int) -> str:
    """A word as somebody might write it: in capitals, with accents, with its letters set apart or run together."""
    accented = unicodedata.normalize("NFC", "".join(c + "\u0301" if c in "aeiou" else c for c in word))
    hidden = "\u200b".join(word)
    return [word, word.upper(), word.casefold(), accented, hidden, f"({word})", f"{word}s"][how]


def refused(text: str, service: Service, never=()) -> bool:
    try:
        refuse_what_gives_away(text, service, never)
    except ValidationError:
        return True
    return False


@quick
@given(
    st.lists(st.sampled_from(NEUTRAL), max_size=8),
    st.sampled_from([*NAMES, *GIVING_AWAY]),
    st.integers(0, 6),
    st.lists(st.sampled_from(NEUTRAL), max_size=8),
)
def test_no_text_that_gives_away_gets_out_however_it_is_written(named, before, word, how, after):
    text = " ".join([*before, disguised(word, how), *after])
    assert refused(text, named), text


@quick
@given(st.sampled_from([n for n in (*NAMES, *GIVING_AWAY) if len(n.replace(" ", "")) >= 6]), st.sampled_from(" .-_*"))
def test_a_long_word_is_found_with_its_letters_set_apart(named, word, between):
    assert refused(f"Come {between.join(word)} now", named)


@quick
@given(st.text(string.ascii_letters, min_size=2, max_size=12), st.lists(st.sampled_from(NEUTRAL), max_size=6))
def test_a_childs_name_does_not_get_out(named, name, around):
    assert refused(" ".join([*around, name, *around]), named, never=[name])


@quick
@given(st.lists(st.sampled_from(NEUTRAL), min_size=1, max_size=20))
def test_what_says_nothing_gets_out(named, words):
    assert not refused(" ".join(words), named)


def test_a_short_word_inside_another_gives_nothing_away(named):
    """Were it refused, ordinary words could not be sent."""
    for word, within in (("yot", "coyote"), ("court", "harcourt"), ("panel", "impanelled")):
        assert word in GIVING_AWAY and not refused(f"Look at the {within} tomorrow", named), within


def test_the_refusal_says_what_to_take_out(named):
    with pytest.raises(ValidationError, match=r"Take out “Mosslands”, “police”\. A message may be read by anybody"):
        refuse_what_gives_away("Meet the police in Mosslands", named)


@pytest.mark.parametrize("word", sorted(EVERYDAY))
def test_everyday_parts_of_a_name_give_nothing_away_alone(db, word):
    service = Service.objects.create(code="X", name=f"{word.title()} Youth Justice Service", invented=True)
    assert not refused(f"Bring it all for the {word}", service) or any(says(word, given) for given in GIVING_AWAY)


def examples(annotation) -> list:
    """Values of a declared type."""
    found = []
    for each in alternatives(annotation):
        found += {int: [0, 1, 10_000], bool: [True, False], date: [date(2026, 5, 4)], type(None): [None]}.get(
            each, list(get_args(each))
        )
    return found


@pytest.mark.parametrize("name", KINDS)
def test_no_message_of_the_system_gives_away(named, name):
    kind = KINDS[name]
    for n in range(3):
        facts = {fact: values[n % len(values)] for fact, values in ((f, examples(t)) for f, t in kind.takes.items())}
        kind.check(facts)
        assert not refused(f"{filled(kind.subject, facts)} {filled(kind.body, facts)}", named)


def test_a_message_that_could_hold_a_name_is_refused_as_the_site_starts():
    with pytest.raises(TypeError, match="whatever else"):
        message_kind("x.named", "X", channel="text", body="Dear {name}", takes={"name": str})
    with pytest.raises(ValueError, match="names"):
        message_kind("x.unknown", "X", channel="text", body="{due}")
    with pytest.raises(ValueError, match="wants a subject"):
        message_kind("x.subject", "X", channel="email", body="x")
    assert not [name for name in KINDS if name.startswith("x.")]


@pytest.mark.parametrize("text", ["{due.real}", "{due!r}", "{due:>9}", "{0}", "{due[0]}", "{"])
def test_braces_hold_a_plain_name(text):
    with pytest.raises(ValueError):
        places_in(text)
