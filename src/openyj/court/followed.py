"""How often courts did what the service proposed: about bail and remand, and the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from openyj.accounts.models import User
from openyj.casework.models import Hearing, HearingOffence, Outcome
from openyj.core.windows import Window
from openyj.court.models import SentenceProposal
from openyj.measures.intervals import wilson
from openyj.people.models import Child

REMAND, SENTENCE = "remand", "sentence"
TITLES = {REMAND: "Bail and remand", SENTENCE: "Sentence"}


@dataclass(frozen=True)
class Answer:
    """A proposal that a court has answered. `code` is what was proposed."""

    hearing: Hearing
    code: str
    proposed: str
    decided: str
    followed: bool


@dataclass(frozen=True)
class Line:
    """How a kind of proposal fared; `code` is empty for all of them together."""

    code: str
    label: str
    answered: int
    followed: int

    @property
    def otherwise(self) -> int:
        return self.answered - self.followed

    @property
    def share(self) -> str:
        """ "75% (between 41% and 93%)": the share that was followed, with its 95% interval."""
        low, high = wilson(self.followed, self.answered)
        return f"{self.followed / self.answered:.0%} (between {low:.0%} and {high:.0%})"


def hearings_in(user: User, window: Window):
    rows = Hearing.objects.visible_to(user).standing().filter(child__in_error_at=None)
    return rows.filter(hearing_date__range=(window.first, window.last)).order_by("-hearing_date", "-pk")


def remand_answers(user: User, window: Window) -> list[Answer]:
    """Hearings at which bail or remand was proposed and decided; followed is the same answer of the list."""
    rows = hearings_in(user, window).filter(remand_proposal__isnull=False, remand_decision__isnull=False)
    return [
        Answer(
            row, row.remand_proposal, row.get_remand_proposal_display(), row.get_remand_decision_display(),
            row.remand_proposal == row.remand_decision,
        )
        for row in rows
    ]  # fmt: skip


def sentence_answers(user: User, window: Window) -> list[Answer]:
    """Hearings at which a sentence was proposed and one was passed that day on an offence of the hearing; followed is
    the sentence that stands first. A hearing that passed none has not answered."""
    proposals = SentenceProposal.objects.standing().select_related("proposal").order_by("order")
    outcomes = Outcome.objects.standing().select_related("legal_outcome")
    links = HearingOffence.objects.standing().filter(offence__in_error_at=None).prefetch_related(
        Prefetch("offence__outcomes", outcomes, to_attr="passed")
    )  # fmt: skip
    rows = hearings_in(user, window).prefetch_related(
        Prefetch("sentence_proposals", proposals, to_attr="proposals"), Prefetch("links", links, to_attr="dealt_with")
    )
    found = []
    for row in rows.filter(sentence_proposals__in_error_at=None, sentence_proposals__isnull=False).distinct():
        on_the_day = {
            outcome.legal_outcome.code: str(outcome.legal_outcome)
            for link in row.dealt_with
            for outcome in link.offence.passed
            if outcome.outcome_date == row.hearing_date
        }
        if on_the_day:
            asked = row.proposals[0].proposal
            decided = "; ".join(on_the_day.values())
            found.append(Answer(row, asked.code, str(asked), decided, asked.code in on_the_day))
    return found


ANSWERS = {REMAND: remand_answers, SENTENCE: sentence_answers}


def lines_of(answers: Iterable[Answer]) -> list[Line]:
    """A line for all, then one for each thing proposed, most often proposed first; nothing where nothing was."""
    by_code: dict[str, list[Answer]] = {}
    for each in answers:
        by_code.setdefault(each.code, []).append(each)
    if not by_code:
        return []
    lines = [line(code, given[0].proposed, given) for code, given in by_code.items()]
    lines.sort(key=lambda each: (-each.answered, each.label))
    return [line("", "All", [each for given in by_code.values() for each in given]), *lines]


def line(code: str, label: str, given: list[Answer]) -> Line:
    return Line(code, label, len(given), sum(each.followed for each in given))


def named(rows: Iterable, user: User) -> dict[int, Child]:
    """The children of these rows as a list may name them to `user`."""
    numbers = {row.child_id for row in rows}
    return Child.objects.visible_to(user).with_masks(user).in_bulk(numbers)
