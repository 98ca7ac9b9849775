"""Invented networks: parents and carers that fit where a child lives and what care they have, brothers and sisters with
records of their own, friends, and the professionals around them. The same every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from openyj.accounts.models import Service
from openyj.circumstances.models import CareStatus, EteStatus
from openyj.core import clock
from openyj.invented import names
from openyj.network.models import Connection, Professional, Relationship
from openyj.people.models import Address, Child, Person
from openyj.referrals.models import ReferralKind

SEED = 20261125
AT_HOME = {"AT_HOME", "LIVING_WITH_PARENT_S"}
FOSTERED = {"FOSTER_CARE_LA", "FOSTER_CARE_PRIVATE"}
LOOKED_AFTER = {"LOOKED_AFTER", "CARE_ORDER", "VOLUNTARY", "ELIGIBLE_CHILD", "REMAND_TO_LAA", "REMAND_TO_YDA"}
SOCIAL_CARE = LOOKED_AFTER | {"CHILD_PROTECTION_PLAN", "CHILD_IN_NEED", "CARE_AND_SUPPORT"}
SCHOOL = {"SCHOOL_FULL_TIME", "SCHOOL_PART_TIME", "MAINSTREAM_SCHOOL", "COLLEGE"}
EVERY_SIBLING = 16  # every so many children, two of one family
SAFE_WORDS = (
    "By text first; rings back after work.",
    "Not before noon: works nights.",
    "Leave no message with others.",
)
WOMEN = ("Bea", "Esther", "Farah", "Gwen", "Helen", "Joan", "Karen", "Lena", "Nia", "Priya", "Tess", "Vera", "Zoe")
MEN = ("Dev", "Idris", "Mark", "Oliver", "Rhys", "Simon", "Usman", "Will", "Yusuf")
WHY_NOT = (
    ("NO_CONTACT", "Violent to the child’s mother. She must not learn where they live.",
     "Non-molestation order of the family court until 1 March 2027"),
    ("RISK", "The child was hurt here before; the social worker knows.", ""),
    ("BOTH", "Is said to send the child out with drugs. The police know; do not ring.", ""),
)  # fmt: skip


def add_networks(*, service: Service) -> None:
    """The people around every child of the service."""
    children = list(
        Child.objects.standing().filter(service=service).select_related("worker", "person").order_by("number")
    )
    made = Invented(service, children)
    for place, child in enumerate(children):
        made.around(child, place)
    made.siblings([child for child in children if child.worker_id])
    made.save()


class Invented:
    """The networks of one service, one child after the other."""

    def __init__(self, service: Service, children: list[Child]) -> None:
        self.service = service
        self.today = clock.today()
        self.words = {each.code: each for each in Relationship.objects.all()}
        self.agencies = {e.code: e for e in ReferralKind.objects.of(ReferralKind.Listed.SOURCE)}
        rows = Address.objects.standing().filter(child__in=children, end_date=None, primary=True)
        self.lives = {row.child_id: row.accommodation_type for row in rows}
        self.care = {row.child_id: row for row in latest(CareStatus.objects.standing().filter(child__in=children))}
        self.learns = {row.child_id: row for row in latest(EteStatus.objects.standing().filter(child__in=children))}
        self.people: list[Connection] = []
        self.professionals: list[Professional] = []
        self.mothers: dict[int, Connection] = {}
        self.numbers = count(100)

    def around(self, child: Child, place: int) -> None:
        """Family, then one friend, then who works with the child. Of every ninth child nothing is recorded yet."""
        draw = Random(SEED + place)  # noqa: S311 (an invented service needs no secrecy)
        if place % 9 == 4:
            return
        home, care = self.lives.get(child.pk), self.care.get(child.pk)
        status = care.status if care else None
        self.parents(child, draw, home, status)
        if home in FOSTERED:
            since = care.start_date if care else None
            self.add(child, self.adult(draw), "foster-carer", lives_with="YES", carer="YES", start_date=since,
                     contact=self.telephone(), safety="SAFE", may_be_told="YES", told_words="Appointments and curfew.",
                     **answered("NO", "The social worker", self.ago(draw)))  # fmt: skip
        if home == "LIVING_WITH_FAMILY_NOT_PARENTS":
            self.add(child, self.adult(draw, child.family_name), "grandparent", lives_with="YES", carer="YES",
                     trusted="YES", contact=self.telephone(), safety="SAFE", may_be_told="YES")  # fmt: skip
        if place % 3 == 0:
            word = draw.choice(["aunt-uncle", "family-friend", "mentor", "grandparent"])
            self.add(child, self.adult(draw), word, lives_with="NO", carer="NO", trusted="YES",
                     contact=self.telephone(), safety="SAFE", appropriate_adult="YES")  # fmt: skip
        if place % 5 == 0:
            self.add(child, f"{draw.choice(names.BOYS + names.GIRLS)} {child.family_name}", "sibling",
                     lives_with="YES" if home in AT_HOME else "NO")  # fmt: skip
        if place % 11 == 0:
            caution, reason, order = WHY_NOT[place // 11 % len(WHY_NOT)]
            self.add(child, self.adult(draw, given=MEN), "parents-partner", lives_with="NO", carer="NO",
                     safety="NOT_SAFE",
                     safety_words="He takes the mother’s telephone. Ask the social worker instead.", caution=caution,
                     caution_reason=reason, caution_order=order)  # fmt: skip
        self.work_with(child, draw, status)

    def parents(self, child: Child, draw: Random, home: str | None, status: str | None) -> None:
        at_home = home in AT_HOME
        how = {"CARE_ORDER": "CARE_ORDER"}.get(status or "", draw.choice(["YES", "SHARED", "SHARED"]))
        source = "Care order of the family court, seen" if how == "CARE_ORDER" else "The child’s mother; school record"
        safety = draw.choice(["SAFE", "SAFE", "CARE", "NOT_KNOWN"])
        known = answered(how, source, self.ago(draw)) if draw.random() < 0.85 else {}
        self.mothers[child.pk] = self.add(
            child, self.adult(draw, child.family_name, given=WOMEN), "mother", lives_with="YES" if at_home else "NO",
            carer="YES" if at_home else "NO", contact=self.telephone(), safety=safety,
            safety_words=draw.choice(SAFE_WORDS) if safety == "CARE" else "", trusted=draw.choice(["YES", "YES", None]),
            appropriate_adult="YES" if at_home else None, may_be_told="YES",
            told_words=draw.choice(["", "Everything but health.", "Appointments only."]), **known,
        )  # fmt: skip
        if draw.random() < 0.6:
            together = at_home and draw.random() < 0.5
            known = answered("SHARED", "Birth certificate, seen", self.ago(draw)) if how == "SHARED" else {}
            self.add(child, self.adult(draw, child.family_name if together else "", given=MEN), "father",
                     lives_with="YES" if together else "NO", carer="YES" if together else "NO",
                     may_be_told=draw.choice(["YES", "NO", "NOT_KNOWN"]), **known)  # fmt: skip
        if at_home and draw.random() < 0.25:
            self.add(child, self.adult(draw), "step-parent", lives_with="YES", carer="YES", start_date=self.ago(draw),
                     **answered("NO", "The child’s mother", self.ago(draw)))  # fmt: skip

    def work_with(self, child: Child, draw: Random, status: str | None) -> None:
        if status in SOCIAL_CARE:
            self.work(child, draw, "Social worker", "social-care", "Children’s social care, Quillmoor", lead=True)
        elif draw.random() < 0.2:
            self.work(child, draw, "Early help worker", "early-help", "Early Help, Quillmoor", lead=True)
        learns = self.learns.get(child.pk)
        if learns and learns.provision_type in SCHOOL:
            self.work(child, draw, "Head of year", "school", draw.choice(names.SCHOOLS))
        if status in LOOKED_AFTER:
            self.work(child, draw, "Independent reviewing officer", "social-care", "Children’s social care, Quillmoor")
        if draw.random() < 0.3:
            self.work(child, draw, "CAMHS practitioner", "health", "Young People’s Health, Quillmoor")

    def siblings(self, children: list[Child]) -> None:
        """Some children of one family: each in the other's network, and one mother in both."""
        for place in range(0, len(children) - 1, EVERY_SIBLING):
            one, other = children[place], children[place + 1]
            same = self.lives.get(one.pk) in AT_HOME and self.lives.get(other.pk) in AT_HOME
            word = "sibling" if one.family_name == other.family_name else "half-sibling"
            for child, named in ((one, other), (other, one)):
                self.add(child, "", word, person=named.person, lives_with="YES" if same else "NO")
            mine, theirs = self.mothers.get(one.pk), self.mothers.get(other.pk)
            if mine and theirs:
                theirs.person, theirs.name, theirs.contact = mine.person, mine.name, mine.contact

    # steps

    def add(self, child: Child, name: str, word: str, *, person: Person | None = None, **said: Any) -> Connection:
        row = Connection(
            child=child, service=self.service, person=person or Person(), name=name, relationship=self.words[word],
            recorded_by=child.worker, **said,
        )  # fmt: skip
        self.people.append(row)
        return row

    def work(self, child: Child, draw: Random, job: str, kind: str, agency: str, *, lead: bool = False) -> None:
        self.professionals.append(
            Professional(
                child=child, service=self.service, name=self.adult(draw), job=job, agency_kind=self.agencies[kind],
                agency=agency, contact=self.telephone(), start_date=self.ago(draw), lead=lead,
                recorded_by=child.worker,
            )
        )  # fmt: skip

    def adult(self, draw: Random, family: str = "", *, given: tuple[str, ...] = names.ADULTS) -> str:
        made = (draw.choice(part) for part in (names.FAMILY_STARTS, names.FAMILY_MIDDLES, names.FAMILY_ENDS))
        return f"{draw.choice(given)} {family or ''.join(made)}"

    def telephone(self) -> str:
        """A number of the range that is kept for stories: no telephone has it."""
        return f"07700 900{next(self.numbers) % 1000:03d}"

    def ago(self, draw: Random) -> date:
        return self.today - timedelta(days=draw.randint(20, 300))

    def save(self) -> None:
        """Everybody at once: who they are, then what they are to whom."""
        new = list({id(row.person): row.person for row in self.people if row.person.pk is None}.values())
        Person.objects.bulk_create(new)
        for row in self.people:
            row.person_id = row.person.pk
        Connection.objects.bulk_create(self.people)
        Professional.objects.bulk_create(self.professionals)


def answered(how: str, source: str, on: date) -> dict[str, Any]:
    """What is recorded of parental responsibility."""
    return {"responsibility": how, "responsibility_source": source, "responsibility_known_on": on}


def latest(rows: Iterable[Any]) -> Iterator[Any]:
    """What goes on, of each child the last that began."""
    return iter(
        {row.child_id: row for row in sorted(rows, key=lambda r: (r.start_date, r.pk)) if not row.end_date}.values()
    )
