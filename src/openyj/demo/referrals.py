"""Invented referrals: those that led to the outcomes of the last year, and the queue of the last weeks. With them the
allocations of every child who has a worker. Through the services a person would use; the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.actions.limits import add_limit
from openyj.actions.models import Unit
from openyj.casework.models import Outcome
from openyj.core import clock
from openyj.demo.duties import HELD_SINCE, ago
from openyj.invented import names
from openyj.people.models import Child
from openyj.people.services import hand_over
from openyj.referrals import services
from openyj.referrals.models import Referral, ReferralKind
from openyj.tables.codes import COMMUNITY, CUSTODY, DIVERSION, PRE_COURT
from openyj.workload.services import set_hours, set_weight

SEED = 20261124
A_YEAR = timedelta(days=365)
ONE_DAY = timedelta(days=1)
# What a referral was for, who sent it and what it was accepted for, by what its outcome counts as.
LED_TO = {
    DIVERSION: ("out-of-court", "police", "out-of-court"),
    PRE_COURT: ("out-of-court", "police", "out-of-court"),
    COMMUNITY: ("court-report", "court", "court-report"),
    CUSTODY: ("court-report", "court", "custody"),
}
COURT = ("order", "court", "order")
WHY_WORKER = ("Has room", "Knows the family", "Works in that area", "Knows the school", "")


def add_referrals(*, service: Service) -> None:
    """Referrals, allocations, the service's own weights and hours, and its time limit for a decision."""
    told = yaml.safe_load(files("openyj.demo").joinpath("data/referrals.yaml").read_text(encoding="utf-8"))
    draw = Random(SEED)  # noqa: S311 (an invented service needs no secrecy)
    add_settings(service)
    invented = Invented(service, told, draw)
    invented.led_to_outcomes()
    invented.allocate_the_rest()
    invented.latest()


def add_settings(service: Service) -> None:
    """What the invented service has agreed for itself."""
    administrator = User.objects.get(service=service, role="administrator")
    part_time = User.objects.filter(service=service, role="practitioner").order_by("pk")[2]
    with acting(by=administrator):
        add_limit(
            by=administrator, event="referral", applies_to="", days=5, unit=Unit.WORKING, valid_from=HELD_SINCE,
            source="The invented service’s own rule",
        )  # fmt: skip
        for part, weight in (("programme:community", "3.5"), ("concern", "1.5")):
            source = "Agreed by the invented managers, April 2026"
            set_weight(by=administrator, seen=None, part=part, weight=Decimal(weight),
                       valid_from=HELD_SINCE, source=source)  # fmt: skip
        set_hours(by=administrator, seen=None, user=part_time, percent=60, valid_from=HELD_SINCE)


class Invented:
    """The referrals of one service, one after the other."""

    def __init__(self, service: Service, told: dict[str, Any], draw: Random) -> None:
        self.service, self.told, self.draw = service, told, draw
        staff = User.objects.filter(service=service).order_by("pk")
        self.support = next(user for user in staff if user.role == "business_support")
        self.managers = [user for user in staff if user.role == "manager"]
        self.practitioners = [user for user in staff if user.role == "practitioner"]
        self.kinds = {(each.listed, each.code): each for each in ReferralKind.objects.all()}
        self.used: set[int] = set()

    # the last year

    def led_to_outcomes(self) -> None:
        """A referral before the first outcome of the last year of each child: for every child with a worker, and for
        every third without, whose work has ended."""
        rows = Outcome.objects.standing().filter(
            child__service=self.service, child__in_error_at=None, child__restricted_reason="",
            outcome_date__gte=clock.today() - A_YEAR, offence__offence_date__isnull=False,
        )  # fmt: skip
        rows = rows.select_related("child__worker", "child__team", "offence", "legal_outcome")
        first: dict[int, Outcome] = {}
        for outcome in rows.order_by("outcome_date", "pk"):
            first.setdefault(outcome.child_id, outcome)
        for place, outcome in enumerate(first.values()):
            if outcome.child.worker or place % 3 == 0:
                self.before(outcome)

    def before(self, outcome: Outcome) -> None:
        """The referral that led to an outcome, decided and allocated before it."""
        child, offence = outcome.child, outcome.offence
        days = (outcome.outcome_date - offence.offence_date).days
        if days < 3:
            return
        received = outcome.outcome_date - timedelta(days=self.draw.randint(2, min(days, 28)))
        group = outcome.legal_outcome.meanings.filter(in_error_at=None).values_list("outcome_group", flat=True).first()
        purpose, source, work = LED_TO.get(group, COURT)
        each = {"source": source, "purpose": purpose, "what": self.draw.choice(self.told["said"][purpose])}
        referral = self.arrive(child, received, each, offences=[offence])
        decided = min(received + timedelta(days=self.draw.randint(0, 6)), outcome.outcome_date)
        self.accept(referral, decided, work, "")
        on = min(decided + self.draw.randint(0, 2) * ONE_DAY, outcome.outcome_date)
        worker = child.worker or self.draw.choice(self.practitioners)
        self.allocate(referral, worker, on)
        if child.worker is None:
            with at(outcome.outcome_date + 60 * ONE_DAY) as manager_day, acting(by=self.managers[0]):
                hand_over(child=Child.objects.get(pk=child.pk), worker=None, on=manager_day, by=self.managers[0])
        self.used.add(child.pk)

    def allocate_the_rest(self) -> None:
        """An allocation for every other child who has a worker: the day their latest programme began."""
        rows = Child.objects.standing().filter(service=self.service, worker__isnull=False)
        for child in rows.filter(allocations=None).select_related("worker").order_by("pk"):
            latest = child.programmes.filter(in_error_at=None, start_date__lte=clock.today()).first()
            on = latest.start_date if latest else ago(90)
            with at(on), acting(by=self.manager_of(child)):
                why = self.draw.choice(WHY_WORKER)
                hand_over(child=child, worker=child.worker, on=on, by=self.manager_of(child), why=why)

    # the last weeks

    def latest(self) -> None:
        """The queue as it is now."""
        with_worker = self.children(worker__role="practitioner")
        without = self.children(worker=None)
        namesakes = self.children(worker__isnull=False)
        for each in self.told["latest"]:
            child, named = None, {}
            if each["child"] in ("ours", "known"):
                child = next(with_worker if each["child"] == "ours" else without)
            else:
                named = self.like(next(namesakes)) if each["child"] == "like" else self.nobody()
            self.stand(self.arrive(child, ago(each["ago"]), each, named=named), each)

    def children(self, **which: Any):
        """Children aged 11 to 16 no referral was made for yet, one after the other."""
        rows = Child.objects.standing().filter(service=self.service, restricted_reason="", **which)
        for child in rows.select_related("worker", "team").order_by("number"):
            if child.pk not in self.used and child.age is not None and 11 <= child.age <= 16:
                self.used.add(child.pk)
                yield child

    def like(self, child: Child) -> dict[str, Any]:
        """A child as an officer in a hurry writes them down: a letter missing."""
        return {
            "given_name": child.given_name,
            "family_name": child.family_name[:-2] + child.family_name[-1],
            "date_of_birth": child.date_of_birth,
        }

    def nobody(self) -> dict[str, Any]:
        family = "".join(self.draw.choice(p) for p in (names.FAMILY_STARTS, names.FAMILY_MIDDLES, names.FAMILY_ENDS))
        born = date(clock.today().year - self.draw.randint(12, 15), self.draw.randint(1, 12), self.draw.randint(1, 28))
        given = self.draw.choice(names.BOYS + names.GIRLS)
        return {"given_name": given, "family_name": family, "date_of_birth": self.draw.choice([born, None])}

    def stand(self, referral: Referral, each: dict[str, Any]) -> None:
        """Bring a referral to where it is said to be, a day or two after it came."""
        on = min(referral.received_on + self.draw.randint(0, 2) * ONE_DAY, clock.today())
        match each.get("state"):
            case "accepted":
                self.accept(referral, on, each["work"], each["words"])
            case "allocated":
                self.accept(referral, on, each["work"], each["words"])
                self.allocate(referral, self.practitioners[each["to"]], min(on + ONE_DAY, clock.today()))
            case "refused":
                with at(on), acting(by=self.managers[0]):
                    services.refuse(
                        referral=referral, version=referral.version, by=self.managers[0], day=on,
                        why=self.kinds["refusal", each["why"]], words=each["words"], told=each["told"],
                    )  # fmt: skip
            case "asked":
                with at(on), acting(by=self.managers[0]):
                    services.ask_for_more(
                        referral=referral, version=referral.version, by=self.managers[0], day=on,
                        words=each["words"], told=each["told"],
                    )  # fmt: skip

    # steps

    def arrive(
        self, child: Child | None, on: date, each: dict[str, Any], *, offences=(), named: dict[str, Any] | None = None
    ) -> Referral:
        """Business support records it on the day it comes."""
        with at(on), acting(by=self.support):
            return services.add_referral(
                by=self.support, child=child, offences=offences, received_on=on,
                source=self.kinds["source", each["source"]], purpose=self.kinds["purpose", each["purpose"]],
                source_name=self.draw.choice(self.told["officers"]) if each["source"] == "police" else "The duty desk",
                source_post=self.draw.choice(self.told["posts"]) if each["source"] == "police" else "",
                source_contact="07700 900143", police_reference=each.get("police", ""), what=each["what"],
                urgent="urgent" in each, urgent_words=each.get("urgent", ""), **self.harmed(each, on), **named or {},
            )  # fmt: skip

    def harmed(self, each: dict[str, Any], on: date) -> dict[str, Any]:
        """Whether anybody was harmed and may be contacted; drawn where it is not said."""
        victims = each.get("victims") or self.draw.choice(["yes", "yes", "no"])
        consent = each.get("consent") or self.draw.choice(["yes", "yes", "yes", "no", "not_asked"])
        consent = consent if victims == "yes" else ""
        asked = consent in ("yes", "no")
        by = {"consent_on": on, "consent_by": "The officer in the case"} if asked else {}
        return {"victims": victims, "consent": consent, "consent_on": None, "consent_by": ""} | by

    def accept(self, referral: Referral, on: date, work: str, words: str) -> None:
        manager = self.manager_of(referral.child)
        with at(on), acting(by=manager):
            services.accept(
                referral=referral, version=referral.version, by=manager, day=on, work=self.kinds["work", work],
                words=words,
            )  # fmt: skip

    def allocate(self, referral: Referral, worker: User, on: date) -> None:
        manager = self.manager_of(referral.child)
        with at(on), acting(by=manager):
            services.allocate(
                referral=referral, version=referral.version, by=manager, worker=worker, start_date=on,
                why=self.draw.choice(WHY_WORKER),
            )  # fmt: skip

    def manager_of(self, child: Child) -> User:
        return next((m for m in self.managers if m.team_id == child.team_id), self.managers[0])


@contextmanager
def at(day: date) -> Iterator[date]:
    """An afternoon of a day, or of today where that day has not come; gives that day."""
    day = min(day, clock.today())
    with clock.fixed(datetime.combine(day, time(14, 20))):
        yield day
