"""What a pack says, from the record as it is now: the parts of a document, whose figures are tokens.

Nothing in it is about a child: actions about a child are left out, papers about a child are neither named nor
appended, and the pack says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openyj.accounts.models import User
from openyj.actions.models import Action
from openyj.core.dates import say_date
from openyj.documents.assembling import Part
from openyj.documents.reading import as_typed as typed
from openyj.meetings.minutes import Content, content_of, status_of, time_words
from openyj.meetings.models import Arising, Meeting
from openyj.meetings.selectors import (
    ItemLine,
    PaperLine,
    actions_before,
    business_of,
    papers_due_of,
    verdicts_of,
    waiting_before,
)
from openyj.packs.figures import said_of
from openyj.packs.selectors import figures_of
from openyj.performance.reading import Reading

FOLLOWS = "Its pages follow at the end of the PDF of this pack"
NOT_IN_IT = "It is kept with the meeting and is not in this pack: open it there"


@dataclass(frozen=True)
class Numbered:
    """A paper by its number in the pack, and the number of the item that needs it."""

    number: int
    item: int
    line: PaperLine

    @property
    def heading(self) -> str:
        return f"Paper {self.number}: {self.line.paper.title}"

    @property
    def is_appended(self) -> bool:
        return self.line.paper.stored_id is not None and self.line.paper.stored.kind == "pdf"

    @property
    def is_missing(self) -> bool:
        return self.line.paper.stored_id is None

    @property
    def state(self) -> str:
        """ "Missing, 3 days late", "Has not come yet" or "PDF"."""
        if not self.is_missing:
            return self.line.paper.stored.what.label
        late = f", {self.line.late} day{'' if self.line.late == 1 else 's'} late"
        return f"Missing{late}" if self.line.late else "Has not come yet"


@dataclass(frozen=True)
class PackContent:
    """The parts of a pack, its papers, and how many papers and actions about a child are not among them."""

    parts: list[Part]
    papers: list[Numbered]
    left_out: tuple[int, int]

    @property
    def missing(self) -> list[Numbered]:
        return [paper for paper in self.papers if paper.is_missing]


def pack_of(meeting: Meeting, reading: Reading, by: User) -> PackContent:
    """The pack of a meeting as the record has it now; its figures are named as `by` where they have no code yet."""
    lines = business_of(meeting, verdicts_of([meeting]))
    papers = numbered(lines)
    about_child = sum(each.paper.about_child for line in lines for each in line.papers)
    before = actions_before(meeting)
    actions = about_children(meeting)
    parts = [
        Part("agenda", "Agenda", agenda(meeting, lines, papers)),
        Part("minutes", "Minutes of the last meeting", last_minutes(meeting)),
        Part("actions", "Actions", actions_text(before)),
        Part("decisions", "Decisions waiting", decisions_text(meeting)),
        Part("papers", "Papers", papers_text(papers)),
        Part("figures", "Figures", figures_text(meeting, reading, by)),
        Part("left-out", "What is not in this pack", left_out_text(about_child, actions)),
    ]
    return PackContent(parts, papers, (about_child, actions))


def numbered(lines: Sequence[ItemLine]) -> list[Numbered]:
    of_items = [(line.number, each) for line in lines for each in line.papers if not each.paper.about_child]
    return [Numbered(number, item, each) for number, (item, each) in enumerate(of_items, 1)]


def agenda(meeting: Meeting, lines: Sequence[ItemLine], papers: Sequence[Numbered]) -> str:
    due = papers_due_of(meeting)
    told = [f"{say_date(meeting.day)}, {time_words(meeting)}, {typed(meeting.place)}."]
    told += [f"Papers are due by {say_date(due)}."] if due else []
    told += ["Nothing is on the agenda yet."] if not lines else []
    items = []
    for line in lines:
        lead = f", {typed(line.item.lead)}" if line.item.lead else ""
        items.append(f"1. **{typed(line.item.title)}**{lead}. {line.item.get_purpose_display()}.")
        items += [f"   - {typed(p.heading)} ({typed(p.state)})" for p in papers if p.item == line.number]
    return paragraphs([*told, "\n".join(items)])


def last_minutes(meeting: Meeting) -> str:
    """As they were agreed or, marked as a draft, as the record has them."""
    earlier = Meeting.objects.held().filter(kind=meeting.kind_id, day__lt=meeting.day).select_related("kind", "service")
    last = earlier.order_by("-day", "-begins").first()
    if last is None:
        return "No earlier meeting was held."
    version = last.minutes.select_related("agreed_at").order_by("-number").first()
    return minutes_text(version.content if version else content_of(last), status_of(version))


def minutes_text(content: Content, status: str) -> str:
    names = [("Apologies", content["apologies"]), ("Absent without apologies", content["absent"])]
    names.append(("Also there", content["also_there"].splitlines()))
    told = [
        f"**{typed(content['day'])}, {typed(content['time'])}, {typed(content['place'])}.** {typed(status)}",
        "# Who was there",
        bullets(", ".join(filter(None, seat.values())) for seat in in_order(content["present"])),
        *(f"**{label}:** {typed('; '.join(of))}" for label, of in names if of),
        f"**Quorum:** {typed(content['quorum'])}",
    ]
    for item in content["items"]:
        told.append(f"# {typed(str(item['number']) + '. ' + item['title'])}")
        told += [typed(passage) for passage in item["said"].splitlines() if passage.strip()]
        for each in item["decisions"]:
            told.append(f"**Decision {each['number']} ({typed(each['state'])}):** {typed(each['text'])}")
            told.append(f"Because: {typed(each['reason'])}")
            told += [f"{typed(each['answers'])}."] if each["answers"] else []
            told += [f"{typed(one['who'])} did not agree: {typed(one['why'])}" for one in each["dissents"]]
        told.append(bullets(f"Action: {a['what']} ({a['owner']}, due {a['due']})" for a in item["actions"]))
    return paragraphs(told)


def in_order(seats: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """PostgreSQL does not keep the order of what was frozen."""
    return [{part: seat[part] for part in ("who", "post", "agency", "level", "role")} for seat in seats]


def actions_text(actions: Sequence[Action]) -> str:
    if not actions:
        return "No action of an earlier meeting is open, and none was done since the last one."
    told = []
    for each in actions:
        done = f" Done on {say_date(each.done_on)}: {typed(each.evidence)}" if each.done_on else ""
        who = f"{typed(each.owned_by_words)}, due {say_date(each.due_on)}"
        told.append(f"- **{typed(each.rag_tag.text)}.** {typed(each.what)} ({who}). {typed(each.rag_because)}.{done}")
    said = "Actions of earlier meetings that are open, or were done since the last one; the letter is of the day on "
    return paragraphs([f"{said}which this pack was made.", "\n".join(told)])


def decisions_text(meeting: Meeting) -> str:
    waiting = waiting_before(meeting)
    if not waiting:
        return "No decision waits: nothing that an earlier meeting could only note is unanswered."
    told = bullets(f"{each.text} (noted on {say_date(each.item.meeting.day)}: {each.reason})" for each in waiting)
    return paragraphs(["Noted at earlier meetings at which too few were there, for this one to confirm or not.", told])


def papers_text(papers: Sequence[Numbered]) -> str:
    if not papers:
        return "No paper is asked for."
    return "\n".join(f"- **{typed(paper.heading)}** (item {paper.item}). {paper_words(paper)}" for paper in papers)


def paper_words(paper: Numbered) -> str:
    line = paper.line
    whose = typed(line.paper.owned_by_words)
    if paper.is_missing:
        due = f", due on {say_date(line.due)}" if line.due else ""
        return f"**{typed(paper.state)}.** From {whose}{due}."
    late = f", {line.late} day{'' if line.late == 1 else 's'} late" if line.late else ""
    came = f"From {whose}, came on {say_date(line.paper.came_on)}{late}."
    return f"{typed(paper.state)}. {came} {FOLLOWS if paper.is_appended else NOT_IN_IT}."


def figures_text(meeting: Meeting, reading: Reading, by: User) -> str:
    chosen = figures_of(meeting.kind)
    told = list(said_of(reading, chosen.figures, by)) if chosen else []
    if not told:
        return "No figure was chosen for the packs of this board."
    return paragraphs(["Each with the period it speaks of.", "\n".join(f"- {line}" for line in told)])


def about_children(meeting: Meeting) -> int:
    """How many actions of earlier meetings are about a child."""
    earlier = Meeting.objects.held().filter(kind=meeting.kind_id, day__lt=meeting.day)
    arose = Arising.objects.standing().filter(item__in_error_at=None, item__meeting__in=earlier)
    return arose.filter(action__child__isnull=False, action__in_error_at=None).count()


def left_out_text(papers: int, actions: int) -> str:
    counts = [
        f"{number} {what}{'' if number == 1 else 's'} about a child"
        for number, what in ((papers, "paper"), (actions, "action"))
        if number
    ]
    were = (
        f"{' and '.join(counts)} {'is' if papers + actions == 1 else 'are'} left out."
        if counts
        else "None was left out of this one."
    )
    return paragraphs(
        [
            "Nothing about a child. Papers and actions about a child stay out of a pack; those who may look at "
            f"children’s records find them where they are kept. {were}",
            "Papers that are no PDF are named here and kept with the meeting. A paper that is missing was not there "
            "when this pack was made.",
        ]
    )


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {typed(line)}" for line in lines)


def paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
