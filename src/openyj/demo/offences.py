"""What the invented tables do not say of offences: who did them together, and that police bail ends with a decision.
The same every time."""

from __future__ import annotations

from collections import defaultdict
from itertools import cycle

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.casework.co_defendants import add_co_defendant, link_co_defendant
from openyj.casework.models import Offence, Outcome, PoliceBail

LINKED, OTHERS = 24, 12
SOURCES = ("The police report", "The referral form", "Said by the child", "")
# Invented, like every family name of the demo; an empty one is somebody whose name nobody knows.
NAMES = ("Jamal Orvaniquill", "Leo Skelumirask", "", "Zara Wrelolagorn")


def add_to_offences(*, service: Service) -> None:
    """Who else was there, on the latest offences of the service; and an end for bail that a decision ended."""
    officer = User.objects.get(service=service, role="data_officer")
    with acting(by=officer):
        end_decided_bail(service)
        link_together(service, officer)


def end_decided_bail(service: Service) -> None:
    """Bail that went on although its offence was decided in the demo's last weeks ends on that day."""
    for bail in PoliceBail.objects.standing().filter(service=service, end_date=None):
        decided = Outcome.objects.standing().filter(offence__police_bail_links__police_bail=bail)
        if last := decided.order_by("-outcome_date").first():
            bail.end_date = max(last.outcome_date, bail.start_date)
            bail.save(update_fields=["end_date"])


def link_together(service: Service, by: User) -> None:
    """Two children with an offence of one kind on one day did it together; some others did theirs with somebody who has
    no record here."""
    rows = Offence.objects.standing().filter(service=service, child__in_error_at=None, offence_date__isnull=False)
    same = defaultdict(list)
    for offence in rows.exclude(category=None).select_related("child").order_by("-offence_date", "pk"):
        same[offence.offence_date, offence.category].append(offence)
    words, done, alone = cycle(SOURCES), 0, []
    for found in same.values():
        one, other = found[0], next((each for each in found if each.child.person_id != found[0].child.person_id), None)
        if other is None:
            alone.append(one)
        elif done < LINKED:
            link_co_defendant(
                child=one.child, by=by, offence=one, record=other.child, their_offence=other, source=next(words)
            )
            done += 1
    for offence, name in zip(alone[: OTHERS * 3 : 3], cycle(NAMES), strict=False):
        add_co_defendant(child=offence.child, by=by, offence=offence, name=name, source=next(words))
