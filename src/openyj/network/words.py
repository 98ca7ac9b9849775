"""The people around a child in words: what their pages, the overview and paper say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from openyj.core.dates import say_date
from openyj.network.models import Connection, Professional, Responsibility, lower_first
from openyj.people.models import Child

NO_RESPONSIBILITY = "Who has parental responsibility is not recorded."
LEFT_OUT = (
    "Left out of paper: people who must not be contacted or are a risk, and ways to reach people that are not safe. "
    "They are on the page."
)
Line = tuple[str, object]


def name_of(row: Connection, records: Mapping[int, Child]) -> str:
    """What somebody is called for a reader who may open `records`: the name in use on their own record, else the name
    here, else what they are to the child."""
    record = records.get(row.person_id)
    return record.name if record else row.named


def say_responsibility(rows: Iterable[Connection], records: Mapping[int, Child]) -> str:
    """Who has parental responsibility, in a sentence; that it is not recorded, where nobody is said to. It is
    printed, so who has a warning is not named."""
    how = {Responsibility.YES: "", Responsibility.SHARED: ", shared with somebody else",
           Responsibility.CARE_ORDER: ", with the local authority, which has a care order"}  # fmt: skip
    having = [
        f"{'somebody with a warning' if row.caution else name_of(row, records)}{how[row.responsibility]}"
        for row in rows
        if row.has_responsibility
    ]
    return "; ".join(having) or NO_RESPONSIBILITY.removesuffix(".")


def say_source(row: Connection) -> str:
    """ "Yes. Birth certificate, 4 June 2026"; empty where nothing is recorded."""
    if not row.responsibility:
        return ""
    known = f"{row.responsibility_source}, {say_date(row.responsibility_known_on)}"
    return f"{row.get_responsibility_display()}. Known from: {known}"


def say_days(row: Connection | Professional) -> Iterator[Line]:
    yield "From", say_date(row.start_date)
    yield "Until", say_date(row.end_date) or "Now"


def say_who(row: Connection) -> Iterator[Line]:
    yield "To the child", row.relationship.label
    yield "Lives with the child", row.get_lives_with_display()
    yield "Cares for the child", row.get_carer_display()
    yield "Parental responsibility", say_source(row)
    yield "Named by the child as an adult they trust", row.get_trusted_display()
    yield "Could be appropriate adult", row.get_appropriate_adult_display()
    yield "May be told about the child’s case", joined(row.get_may_be_told_display(), row.told_words)


def say_contact(row: Connection) -> Iterator[Line]:
    yield "Telephone or e-mail", row.contact
    yield "Safe to contact", joined(row.get_safety_display(), row.safety_words)


def say_warning(row: Connection) -> Iterator[Line]:
    if row.caution:
        yield "Warning", row.get_caution_display()
        yield "Reason", row.caution_reason
        yield "Order", row.caution_order or "None recorded"


def say_connection(row: Connection) -> Iterator[Line]:
    """What may be on paper, where there is no warning: no way to reach somebody that is not safe."""
    yield from say_warning(row)
    yield from say_who(row)
    if not row.not_safe:
        yield from say_contact(row)
    yield from say_days(row)


def say_on_screen(row: Connection) -> Iterator[Line]:
    """All of it, for its own page, which is not printed."""
    yield from say_connection(row)
    if row.not_safe:
        yield from say_contact(row)


def shortened(lines: Iterable[Line]) -> Iterator[Line]:
    """What is recorded, then in one line what is not: nobody reads a list of “Not recorded”."""
    missing = []
    for label, value in lines:
        if value in (None, ""):
            missing.append(label if not missing else lower_first(label))
        else:
            yield label, value
    if missing:
        yield "Not recorded", "; ".join(missing)


def say_professional(row: Professional) -> Iterator[Line]:
    yield "Job", row.job
    yield "Agency", joined(row.agency_kind.label, row.agency)
    yield "Telephone or e-mail", row.contact
    yield "Lead professional", "Yes" if row.lead else "No"
    yield from say_days(row)


def in_a_line(row: Connection) -> str:
    """What they are to the child and whether they live together, for a list."""
    lives = {"YES": "lives with the child", "NO": "does not live with the child"}
    return joined(row.relationship.label, lives.get(row.lives_with or "", ""))


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def summed_up(
    rows: list[Connection], professionals: list[Professional], records: Mapping[int, Child]
) -> Iterator[Line]:
    """The overview's card. Whom not to contact is said without a name: the card is printed."""
    yield "Parental responsibility", say_responsibility(rows, records)
    for label, wanted in (
        ("Lives with", [r for r in rows if r.lives_with == "YES" and not r.caution]),
        ("Adult the child trusts", [r for r in rows if r.trusted == "YES" and not r.caution]),
    ):
        named = [f"{name_of(r, records)} ({lower_first(r.relationship.label)})" if r.name or r.person_id in records
                 else r.named for r in wanted]  # fmt: skip
        yield label, "; ".join(named)
    leads = [f"{each}" for each in professionals if each.lead]
    yield "Lead professional", "; ".join(leads)
    if warned := sum(1 for row in rows if row.caution):
        yield "Read before you ring", f"{warned} with a warning: read the network first"
