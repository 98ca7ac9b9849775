"""What the pages about court, bail and remand read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from openyj.accounts.models import User
from openyj.casework.models import Hearing, HearingOffence, Outcome
from openyj.core import clock
from openyj.core.worded import worded
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal
from openyj.court.rules import Stretch, stretch
from openyj.people.models import Child
from openyj.reference.models import LegalOutcomeMeaning
from openyj.tables.codes import CUSTODY
from openyj.tables.court_codes import REMANDED


@dataclass
class CourtPage:
    """All of a child's days in court and what went with them, latest first."""

    hearings: list[Hearing]
    remands: list[Remand]
    offers: list[BailOffer]
    after_charge: list[PostChargeAccommodation]
    stretches: dict[int, Stretch]


def court_of(child: Child, user: User) -> CourtPage:
    proposals = SentenceProposal.objects.of(child, user).select_related("proposal", "in_error_by").order_by("order")
    hearings = Hearing.objects.of(child, user).select_related("in_error_by", "in_court")
    remands = list(Remand.objects.of(child, user).select_related("hearing", "in_error_by"))
    return CourtPage(
        list(hearings.prefetch_related(Prefetch("sentence_proposals", proposals, to_attr="proposals"))),
        remands,
        list(BailOffer.objects.of(child, user).select_related("hearing", "in_error_by")),
        list(PostChargeAccommodation.objects.of(child, user).select_related("in_error_by")),
        stretches(remands),
    )


def stretches(remands: Iterable[Remand]) -> dict[int, Stretch]:
    """From the first remand hearing of its offences to their outcome, by the number of each standing remand: rule 8 of
    the case-level notes. Two queries, however many remands."""
    standing = [remand for remand in remands if remand.stands]
    children = {remand.child_id for remand in standing}
    links = HearingOffence.objects.standing().filter(child__in=children, hearing__in_error_at=None)
    of_hearing, remanded_on = defaultdict(set), defaultdict(list)
    for hearing, offence, day, decision in links.values_list(
        "hearing", "offence", "hearing__hearing_date", "hearing__remand_decision"
    ):
        of_hearing[hearing].add(offence)
        if decision in REMANDED:
            remanded_on[offence].append(day)
    meaning = LegalOutcomeMeaning.objects.standing().filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("outcome_date")),
        legal_outcome=OuterRef("legal_outcome"), valid_from__lte=OuterRef("outcome_date"),
    )  # fmt: skip
    decided = defaultdict(list)
    outcomes = Outcome.objects.standing().filter(child__in=children, offence__in_error_at=None)
    for offence, day, group in outcomes.annotate(group=Subquery(meaning.values("outcome_group")[:1])).values_list(
        "offence", "outcome_date", "group"
    ):
        decided[offence].append((day, group == CUSTODY))
    found = {}
    for remand in standing:
        offences = of_hearing[remand.hearing_id]
        first = min((day for offence in offences for day in remanded_on[offence]), default=remand.hearing.hearing_date)
        found[remand.pk] = stretch(first, [each for o in offences for each in decided[o]], clock.today())
    return found


@worded(child=BigIntegerField(), today=DateField())
def remanded_now(*, child, today):
    """The remand that runs on a day."""
    rows = Remand.objects.standing().filter(child=child, start_date__lte=today)
    return rows.filter(Q(end_date=None) | Q(end_date__gte=today))


@worded(child=BigIntegerField(), today=DateField())
def on_conditions_now(*, child, today):
    """The last hearing by a day that decided about bail or remand, if it set conditions and an offence of it has no
    outcome yet: bail ends when the case does, and so does local authority accommodation."""
    later = Hearing.objects.standing().filter(
        Q(hearing_date__gt=OuterRef("hearing_date")) | Q(hearing_date=OuterRef("hearing_date"), pk__gt=OuterRef("pk")),
        child=OuterRef("child"), remand_decision__isnull=False, hearing_date__lte=today,
    )  # fmt: skip
    decided = Outcome.objects.standing().filter(offence=OuterRef("offence"))
    open_still = HearingOffence.objects.standing().filter(
        ~Exists(decided), hearing=OuterRef("pk"), offence__in_error_at=None
    )
    rows = Hearing.objects.standing().filter(child=child, hearing_date__lte=today)
    return rows.filter(~Q(bail_conditions="") & ~Exists(later) & Exists(open_still))


def remands_between(user: User, first: date, last: date) -> QuerySet[Remand]:
    """Remands of which a day lies in a period, of every child `user` may see, latest first."""
    rows = Remand.objects.visible_to(user).standing().filter(child__in_error_at=None, start_date__lte=last)
    rows = rows.filter(Q(end_date=None) | Q(end_date__gte=first))
    return rows.select_related("child", "hearing").order_by(F("start_date").desc(), "-pk")
