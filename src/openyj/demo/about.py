"""Who the invented service's children are to work with: how, what they are called, languages, numbers, safe ways to
contact them. Drawn from a stream of its own, so no other invented fact changes with it.

Telephone numbers are those Ofcom keeps for drama, which ring nowhere; NHS numbers begin with 999, which is never given
out; other numbers begin with ZZ.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.circumstances.models import ContactDetail, HowToWork, LanguageNeed
from openyj.core import clock
from openyj.invented import names
from openyj.invented.service import SEED
from openyj.people.models import Address, Child, ChildName, Identifier
from openyj.people.services import call

# Under each heading what might be known, who says so, and where it is written.
KNOWN = (
    ("talking", "Short sentences, one thing at a time. Wait ten seconds for an answer.", "Speech therapist", "Report"),
    ("talking", "Says yes when he has not understood. Ask him to say it back.", "School", "One-page profile"),
    ("reading", "Reads a few words. Use pictures, and read letters out.", "School", "One-page profile"),
    ("senses", "Cannot bear a humming light or a full waiting room. Meet outside or after four.", "The child", ""),
    ("attention", "Ten minutes, then a break. A pen to turn helps.", "Mother", ""),
    ("health", "Asthma; has an inhaler and knows how to use it.", "Carer", ""),
    ("helps", "Football first. Say what will happen next and when it ends.", "The child", ""),
    ("helps", "Tell him the day before if somebody else comes.", "Mother", ""),
    ("avoid", "Do not ask about her father.", "Social worker", "Child in need plan"),
    ("avoid", "Do not stand between him and the door.", "The child", ""),
)
OTHER_LANGUAGES = ("Polish", "Kurdish (Sorani)", "Arabic", "Romanian", "Welsh")
HOW_TO_RING = ("Text first", "After four o’clock", "Let it ring twice, then ring again", "")
NOT_SAFE = "An older friend holds this telephone"
CALLED = ("Bex", "AJ", "Mo", "Kit", "Rae", "Sunny")


def add_about(*, service: Service) -> None:
    """Facts about the children somebody works with now."""
    rng = np.random.default_rng([SEED, 33])
    by = User.objects.filter(service=service, role="practitioner").order_by("pk").first()
    children = Child.objects.standing().filter(service=service, worker__isnull=False).order_by("pk")
    with acting(by=by):
        homes = dict(Address.objects.standing().filter(end_date=None, primary=True).values_list("child", "pk"))
        for child in children:
            if child.date_of_birth and child.age >= 10:
                describe(rng, child, by, homes.get(child.pk))


def describe(rng: np.random.Generator, child: Child, by: User, home: int | None) -> None:
    """What is known of one child; of some children nothing is."""
    about = {"child": child, "service_id": child.service_id, "recorded_by": by}
    told = clock.today() - timedelta(days=int(rng.integers(20, 300)))
    for at in sorted(rng.choice(len(KNOWN), int(rng.integers(0, 5)), replace=False)):
        heading, text, said_by, source = KNOWN[at]
        HowToWork.objects.create(
            **about, heading=heading, text=text, said_by=said_by, source=source, start_date=told
        )  # fmt: skip
    contacts(rng, about, told, home)
    if rng.random() < 0.5:
        languages(rng, about, told)
    if rng.random() < 0.2:
        call(child=child, name=str(rng.choice(CALLED)), since=told, by=by, said_by="The child")
    if rng.random() < 0.15:
        name = str(names.family_names(rng, 1)[0])
        ChildName.objects.create(**about, use="former", name=name, said_by="Birth certificate")
    numbers(rng, about, told)


def contacts(rng: np.random.Generator, about: dict, told: date, home: int | None) -> None:
    """The child's own telephone and a carer's, and whether letters home are safe."""
    year = told + timedelta(days=365)
    given = {**about, "start_date": told, "review_on": year}
    own, carers = (number.replace(" ", "") for number in names.phones(rng, 2))
    safe = str(rng.choice(["SAFE", "SAFE", "SAFE", "NOT_SAFE", "NOT_KNOWN"]))
    how = NOT_SAFE if safe == "NOT_SAFE" else str(rng.choice(HOW_TO_RING)) if safe == "SAFE" else ""
    ContactDetail.objects.create(**given, way="phone", whose="the child", value=own, safe=safe, when_and_how=how)
    if rng.random() < 0.7:
        never = "what service rings" if rng.random() < 0.3 else ""
        ContactDetail.objects.create(
            **given, way="phone", whose="the carer", value=carers, safe="SAFE", not_to_say=never
        )  # fmt: skip
    if home and rng.random() < 0.3:
        ContactDetail.objects.create(
            **given, way="address", whose="the family", address_id=home,
            safe=str(rng.choice(["SAFE", "NOT_SAFE"])),
        )  # fmt: skip


def languages(rng: np.random.Generator, about: dict, told: date) -> None:
    """Mostly English; some with an interpreter, some nobody knows."""
    draw = rng.random()
    fields = {"first_language": "English", "interpreter": "NO", "reads": "ENGLISH", "prefers": "English"}
    if draw < 0.15:
        language = str(rng.choice(OTHER_LANGUAGES))
        reads = "BOTH" if language == "Welsh" else "NEITHER"
        needed = "NO" if language == "Welsh" else "YES"
        fields = {"first_language": language, "interpreter": needed, "reads": reads, "prefers": language}
    elif draw < 0.25:
        fields = {"first_language": "", "interpreter": "NOT_KNOWN", "reads": "NOT_KNOWN", "prefers": ""}
    welsh = str(rng.choice(["YES", "NO"]))
    LanguageNeed.objects.create(**about, start_date=told, sign_language="NO", welsh_offered=welsh, **fields)


def numbers(rng: np.random.Generator, about: dict, told: date) -> None:
    """Numbers that nobody has."""
    offered = (
        ("pnc", f"ZZ{rng.integers(10, 27)}/{rng.integers(1000, 9999)}A", "Police custody record", 0.6),
        ("upn", f"ZZ{rng.integers(10**9, 10**10)}", "School", 0.5),
        ("nhs", nhs_number(int(rng.integers(0, 10**6))), "School nurse", 0.35),
        ("social-care", f"ZZ-{rng.integers(10**5, 10**6)}", "Children’s social care", 0.3),
    )
    for scheme, value, given_by, chance in offered:
        if rng.random() < chance:
            Identifier.objects.create(**about, scheme=scheme, value=value, given_by=given_by, start_date=told)


def nhs_number(seed: int) -> str:
    """A number of the range that is never given out (999 000 0000 to 999 999 9999), with its check digit."""
    while True:
        nine = f"999{seed % 10**6:06d}"
        check = (11 - sum(int(f) * w for f, w in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10:
            return f"{nine[:3]} {nine[3:6]} {nine[6:]}{check}"
        seed += 1
