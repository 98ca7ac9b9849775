"""What a meeting's minutes say, as one structure that the page, the Word file and the frozen version share."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from openyj.core.dates import say_date
from openyj.meetings.models import Attendance, Meeting, Minutes
from openyj.meetings.quorum import Verdict
from openyj.meetings.selectors import ItemLine, business_of, verdicts_of

Content = dict[str, Any]
How = Attendance.How
# In this order: PostgreSQL does not keep the order of what is frozen.
SEAT = ("who", "post", "agency", "level", "role")
ACTION = ("what", "owner", "due")
NOTED = "Noted, not decided: the meeting was not quorate"


def content_of(meeting: Meeting) -> Content:
    """The minutes as the record has them now, in words. What later meetings made of it is not in them."""
    verdicts = verdicts_of([meeting])
    verdict = verdicts.get(meeting.pk)
    rows = meeting.attendances.standing().select_related("membership__agency", "agency")
    rows = rows.order_by("agency__name", "membership__name")
    came = [row for row in rows if row.attended]
    return {
        "title": meeting.kind.name,
        "service": meeting.service.name,
        "day": say_date(meeting.day),
        "time": time_words(meeting),
        "place": meeting.place,
        "present": [seat_words(row) for row in came],
        "apologies": [name_words(row) for row in rows if row.how in (How.APOLOGIES, How.SUBSTITUTE)],
        "absent": [name_words(row) for row in rows if row.how == How.ABSENT],
        "also_there": meeting.also_there,
        "quorum": verdict.words if verdict else "No terms of reference of that day say how many had to be there.",
        "items": [item_content(line, verdict) for line in business_of(meeting, verdicts)],
    }


def status_of(version: Minutes | None) -> str:
    """Whether minutes are a draft (without a version), or which meeting agreed them and what was corrected."""
    if version is None:
        return "Draft: no meeting has agreed these minutes yet."
    corrected = f" Version {version.number}, corrected: {version.note}." if version.number > 1 else ""
    return f"Agreed by the meeting of {say_date(version.agreed_at.day)}.{corrected}"


def time_words(meeting: Meeting) -> str:
    until = f" to {meeting.ends:%H:%M}" if meeting.ends else ""
    return f"{meeting.begins:%H:%M}{until}"


def seat_words(row: Attendance) -> dict[str, str]:
    seat = row.membership
    post = row.substitute_post if row.substitute else seat.post
    return {
        "who": row.who,
        "post": post,
        "agency": row.agency.name,
        "level": str(row.get_level_display()),
        "role": ", ".join(filter(None, [seat.roles_words, "New partner" if row.new_partner else ""])),
    }


def name_words(row: Attendance) -> str:
    return f"{row.membership.name} ({row.membership.agency.name})"


def item_content(line: ItemLine, verdict: Verdict | None) -> Content:
    noted = verdict is not None and not verdict.quorate
    return {
        "number": line.number,
        "title": line.item.title,
        "lead": line.item.lead,
        "papers": [each.paper.title for each in line.papers if not each.paper.about_child],
        "said": line.item.said,
        "decisions": [
            {
                "number": decision.number,
                "state": NOTED if noted else "Decided",
                "text": decision.text,
                "reason": decision.reason,
                "answers": f"{decision.get_verdict_display()}: decision {decision.answers.number} of "
                f"{decision.answers.item.meeting}"
                if decision.answers_id
                else "",
                "dissents": [{"who": each.attendance.who, "why": each.reason} for each in dissents],
            }
            for decision, _state, dissents in line.decisions
        ],
        "actions": [
            {"what": action.what, "owner": action.owned_by_words, "due": say_date(action.due_on)}
            for action in line.actions
        ],
    }


def lines_of(content: Content) -> Iterator[str]:
    """The minutes line by line, so that two versions can be compared."""
    yield f"{content['title']}, {content['day']}, {content['time']}, {content['place']}"
    for seat in content["present"]:
        yield "Present: " + ", ".join(filter(None, (seat[part] for part in SEAT)))
    yield from (f"Apologies: {name}" for name in content["apologies"])
    yield from (f"Absent: {name}" for name in content["absent"])
    yield from (f"Also there: {line}" for line in content["also_there"].splitlines())
    yield content["quorum"]
    for item in content["items"]:
        lead = f" ({item['lead']})" if item["lead"] else ""
        yield f"{item['number']}. {item['title']}{lead}"
        yield from (f"Paper: {paper}" for paper in item["papers"])
        yield from item["said"].splitlines()
        for each in item["decisions"]:
            yield f"Decision {each['number']}. {each['state']}. {each['text']} Because: {each['reason']}"
            yield from filter(None, [each["answers"]])
            yield from (f"{one['who']} did not agree: {one['why']}" for one in each["dissents"])
        yield from (f"Action: {each['what']} ({each['owner']}, {each['due']})" for each in item["actions"])


def differences(before: Content, after: Content) -> list[tuple[str, str]]:
    """(before, after) for each passage that differs; "" for nothing."""
    old, new = list(lines_of(before)), list(lines_of(after))
    found = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("\n".join(old[a:b]), "\n".join(new[c:d])) for tag, a, b, c, d in found if tag != "equal"]
