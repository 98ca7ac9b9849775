"""Invented assessments in the demo: most countersigned, some waiting, returned, corrected or half done."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from openyj.accounts.models import Service, User
from openyj.accounts.scope import acting
from openyj.assessment import hand_overs, services
from openyj.assessment.models import Assessment, AssessmentSection, AssessmentVersion, HandOver
from openyj.casework.models import Offence
from openyj.core import clock
from openyj.people.models import Address, Child
from openyj.questionnaires import definition as kinds
from openyj.questionnaires.definition import Definition, Question
from openyj.questionnaires.models import QuestionSet, State
from openyj.questionnaires.services import save_section, seen_version
from openyj.questionnaires.standing import stand

SEED = 20261122
# How far each is, in the order of the children: the demo's first pages show one of each kind.
FAR = ["waiting", "returned", "begun", "corrected", "waiting", *["countersigned"] * 9]
MOSTLY = 0.8  # of the children who are asked answer for themselves; for the others a worker writes
LIKELY = {  # what is answered more often than the other options
    "home-suitable": "SUITABLE",
    "unfair": "no",
    "care": "never",
    "admits": "yes",
    "pattern": "first",
    "safety-level": "low",
    "harm-level": "low",
    "offending-level": "low",
}


def add_assessments(*, service: Service) -> None:
    """Write assessments of children with a practitioner and an offence, at days in the last months."""
    text = files("openyj.demo").joinpath("data/assessment_answers.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    question_set = QuestionSet.objects.of_use("assessment").latest().get(key="prevention-and-diversion")
    for number, (child, offence) in enumerate(zip_with_offence(service, len(FAR))):
        manager = User.objects.filter(service=service, role="manager", team=child.team).first()
        manager = manager or User.objects.filter(service=service, role="manager").first()
        day = clock.today() - timedelta(days=2 + 9 * number)
        with clock.fixed(datetime.combine(day, time(10, 20))):
            Invented(question_set, child, offence, manager, said, Random(SEED + number)).write(FAR[number])  # noqa: S311


def zip_with_offence(service: Service, count: int) -> list[tuple[Child, Offence]]:
    """Children somebody works with, in turn of their workers, each with their latest offence."""
    housed = Address.objects.standing().filter(primary=True, end_date=None).values("child")
    children = Child.objects.standing().filter(
        service=service, worker__role="practitioner", restricted_reason="", pk__in=housed
    )
    found: list[tuple[Child, Offence]] = []
    in_turn: dict[int, int] = {}
    rows = []
    for child in children.select_related("worker", "team").order_by("worker_id", "pk"):
        in_turn[child.worker_id] = in_turn.get(child.worker_id, 0) + 1
        rows.append((in_turn[child.worker_id], child.worker_id, child))
    for _, _, child in sorted(rows, key=lambda row: row[:2]):
        offence = Offence.objects.standing().filter(child=child, offence_date__isnull=False).first()
        if offence and len(found) < count:
            found.append((child, offence))
    return found


class Invented:
    """One invented assessment, written through the services a person would use."""

    def __init__(self, question_set, child: Child, offence: Offence, manager: User, said: dict, draw: Random) -> None:
        self.set, self.child, self.offence, self.manager = question_set, child, offence, manager
        self.said, self.draw, self.worker = said, draw, child.worker

    def write(self, far: str) -> None:
        with acting(by=self.worker):
            assessment = services.begin(
                child=self.child, by=self.worker, question_set=self.set,
                why=Assessment.Why.OUT_OF_COURT, offences=[self.offence],
            )  # fmt: skip
            sheet = assessment.versions.get()
            self.answer(sheet, sections=4 if far == "begun" else None)
            if far == "begun":
                return
            sheet = services.complete(sheet=sheet, seen=seen_version(sheet), by=self.worker)
        if far != "waiting":
            self.read(sheet, far)

    def read(self, sheet: AssessmentVersion, far: str) -> None:
        comments = {section: text for _, section, text in self.said["comments"]}
        back = far in ("returned", "corrected")
        with acting(by=self.manager):
            services.decide(
                sheet=sheet, version=sheet.version, by=self.manager, comments=comments if back else {},
                state=State.RETURNED if back else State.COUNTERSIGNED,
            )  # fmt: skip
        if far == "corrected":
            with acting(by=self.worker):
                second = services.correct(sheet=sheet, by=self.worker)
                row = second.sections.get(section="exploitation")
                answers = row.answers | {"exploitation-signs": ["travel", "things"]}
                answers |= {"exploitation-more": self.said["corrected"], "referred": "considered"}
                save_section(row=row, version=row.version, answers=answers, by=self.worker)
                services.complete(sheet=second, seen=seen_version(second), by=self.worker)

    def answer(self, sheet: AssessmentVersion, sections: int | None) -> None:
        """Answer the first so many sections, without what other answers hide."""
        asked = self.set.definition
        answers = self.answers(asked)
        for place, row in enumerate(sheet.sections.order_by("pk")):
            if sections is not None and place >= sections:
                continue
            if asked.section(row.section).childs and self.draw.random() < MOSTLY:
                self.answered_by_the_child(row, answers[row.section])
            else:
                save_section(row=row, version=row.version, answers=answers[row.section], by=self.worker)

    def answered_by_the_child(self, row: AssessmentSection, answers: dict[str, Any]) -> None:
        """As a child answers on a tablet: handed over, sent, handed back."""
        found = hand_overs.hand_over(row=row, by=self.worker)
        hand_overs.answer(found=found, answers=answers, by=self.worker)
        hand_overs.end(found=found, how=HandOver.Ended.BACK, by=self.worker)

    def answers(self, asked: Definition) -> dict[str, dict[str, Any]]:
        drawn = {s.key: {q.key: self.one(q) for q in s.questions} for s in asked.sections}
        kept: dict[str, dict[str, Any]] = {}
        for section in stand(asked, drawn).sections:
            counted = {line.question.key: line.answer for line in section.lines if line.counts}
            kept[section.section.key] = counted
        return kept

    def one(self, question: Question) -> Any:
        match question.type:
            case kinds.LONG_TEXT | kinds.TEXT:
                return self.draw.choice(self.said["texts"][question.key])
            case kinds.CHOICE:
                likely = LIKELY.get(question.key)
                usual = likely and self.draw.random() < 0.6
                return likely if usual else self.draw.choice([key for key, _ in question.options])
            case kinds.CHOICES:
                return self.several(question)
            case kinds.SCALE:
                return self.draw.choice([2, 3, 3, 4, 4, 5])
            case kinds.DATE:
                ahead = question.when and "future" in question.when
                return (clock.today() + timedelta(days=90 if ahead else -6)).isoformat()
        return self.group(question)

    def several(self, question: Question) -> list[str]:
        """Nothing found, or one or two things: never both."""
        keys = [key for key, _ in question.options]
        none = next((key for key in keys if key in ("none", "nothing")), None)
        if none and self.draw.random() < 0.5:
            return [none]
        return sorted(self.draw.sample([key for key in keys if key != none], self.draw.choice([1, 1, 2])))

    def group(self, question: Question) -> list[dict[str, Any]]:
        today = clock.today()
        if question.key == "steps":
            steps = self.draw.sample(self.said["steps"], 3)
            return [
                {"what": what, "who": who, "by": (today + timedelta(days=14 * place)).isoformat()}
                for place, (what, who) in enumerate(steps, 1)
            ]
        if question.key == "health-help":
            return [{"service": self.draw.choice(self.said["services"]), "state": "referred"}]
        people = self.draw.sample(self.said["people"], 2)
        if question.key == "people":
            return [{"name": name, "who": name.lower(), "influence": self.draw.choice([3, 4, 5])} for name in people]
        return [{"name": name, "when": (today - timedelta(days=3)).isoformat()} for name in people]
