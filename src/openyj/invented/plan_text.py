"""Invented narrative for a draft Plan of the invented service, under the main headings of the 2024 structure.

The headings are general knowledge (plan-and-inspection.md 1, tagged GK), so the Plan's own dated heading set
decides; ``slug`` is for finding them there. No number is typed: where one belongs stands a marker,

    {figure:measure:show:period}   {change:measure:show:period}   {chart:measure:show}   {table:contributions}

which the room that makes the draft turns into figures of the record. What is told of events, people and
decisions is invented; nothing was copied from a published Plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKER = re.compile(
    r"\{(?:(?P<kind>figure|change):(?P<measure>[a-z-]+):(?P<show>[a-z_]+):(?P<period>[a-z_]+)"
    r"|chart:(?P<charted>[a-z-]+):(?P<line>[a-z_]+)|table:(?P<table>[a-z-]+))\}"
)


@dataclass(frozen=True)
class Section:
    """One heading with its paragraphs."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "introduction",
        "Introduction, vision and strategy",
        (
            "Every child in Quillmoor should be able to make mistakes, put them right and grow up. Our partnership "
            "exists so that a child who has harmed somebody meets adults who expect good things of them, and so "
            "that the person harmed is heard.",
            "This Plan says what we did last year, what the figures tell us and what we will do next. It was written "
            "with children who have finished working with us, with parents and carers, and with all our partners.",
        ),
    ),
    Section(
        "local-context",
        "Local context",
        (
            "Quillmoor is an old trading borough with a busy centre in Saltgate, new estates in Tannery Fields and "
            "villages around Pellowheath. Families move often between us and our neighbours in Dunvexley and "
            "Ostermarl, so many children are known to more than one service.",
            "Most children who live here will never meet us. Those who do are more likely than others to have "
            "missed school, to have waited for help with speech or learning, and to have lived with loss.",
        ),
    ),
    Section(
        "child-first",
        "Child First",
        (
            "We see children as children. Plans begin with what a child is good at and wants to become; we work "
            "with them and not on them, and keep them out of the system wherever that is safe.",
            "This year every plan is rewritten in the child's own words before it is agreed, and a manager reads "
            "it aloud to check that the child would know it was about them.",
        ),
    ),
    Section(
        "voice-of-the-child",
        "Voice of the child",
        (
            "Children told us three things: say what will happen next, do not make us tell our story again, and "
            "remember our birthdays. The first has changed our appointment letters, the second our handover "
            "between teams. The third costs a card.",
            "A group of children who have finished with us now meets the board each year and hears what was done "
            "about what they said.",
        ),
    ),
    Section(
        "governance",
        "Governance, leadership and partnership arrangements",
        (
            "The management board meets every quarter, chaired by the council's director for children. Social care, "
            "education, police, probation and health each send somebody senior enough to decide on the day. In the "
            "latest quarter that is over, {figure:board-attendance:senior:quarter} statutory sectors had a senior "
            "partner at the board.",
            "The head of service reports to the board on performance, risk and spending, and every figure in that "
            "report can be followed to the record by those who are allowed to see it.",
        ),
    ),
    Section(
        "board-development",
        "Board development",
        (
            "New members spend a day with the service before their first meeting. This year the board looked "
            "together at one child's journey, from the first contact to the last, and found that school had been "
            "told too late. It asked education and police to agree how to tell sooner.",
        ),
    ),
    Section(
        "progress",
        "Progress on the previous plan",
        (
            "We said that we would decide sooner with the police. The joint decision panel now meets weekly and "
            "every recommendation is recorded with its reason.",
            "We said that we would offer every identified victim a contact. Staff absence slowed this in the "
            "autumn and the work continues in this Plan.",
        ),
    ),
    Section(
        "resources",
        "Resources and services",
        (
            "The partnership's contributions for the year are set out below. Health has turned part of its help in "
            "kind into a post, which we asked for; the grant from other funds has ended and its work is now paid for "
            "by the council.",
            "{table:contributions}",
        ),
    ),
    Section(
        "performance",
        "Performance: the measures everybody shares",
        (
            "First time entrants: in the latest rolling year {figure:first-time-entrants:count:rolling_year} children "
            "entered the system for the first time, a rate of {figure:first-time-entrants:rate:rolling_year} "
            "children aged ten to seventeen. {change:first-time-entrants:rate:rolling_year}",
            "{chart:first-time-entrants:rate}",
            "Use of custody: {figure:custody:count:rolling_year} custodial sentences were passed on our children "
            "in the latest rolling year, {figure:custody:rate:rolling_year} children aged ten to seventeen. With so "
            "few, one child's sentence moves the rate, and we read every one of them as a board.",
            "Reoffending: of the latest children whose follow-up is complete, "
            "{figure:reoffending:binary:rolling_year} were proven to have offended again; proven reoffences were "
            "{figure:reoffending:per_reoffender:rolling_year}. As more children are "
            "diverted, those who remain in the measure have harder lives, and the share can rise while the "
            "number of children falls.",
        ),
    ),
    Section(
        "local-performance",
        "Local performance",
        (
            "We also watch how long decisions take, from the day of an offence to the day a child knows what will "
            "happen. Waiting is hardest on younger children and on the people they harmed.",
        ),
    ),
    Section(
        "over-representation",
        "Priorities: children from groups that are over-represented",
        (
            "We compare the children we work with to all children in the borough, and check at each decision point "
            "where a difference begins. Small numbers are shown with their intervals, and we do not wait for "
            "certainty before we ask children whether they were treated fairly.",
        ),
    ),
    Section(
        "prevention",
        "Priorities: prevention",
        (
            "Our prevention workers take referrals from schools and Early Help before any offence is recorded. The "
            "offer is voluntary, stays open for half a year and ends with something that lasts: a club, a mentor, "
            "a place at college.",
        ),
    ),
    Section(
        "diversion",
        "Priorities: diversion",
        (
            "A child who accepts what they did, or would accept help without saying so, is considered for diversion "
            "first. The number of children dealt with in this way has grown, which is what we intended; we check "
            "in samples that nobody was drawn in who would once have been left alone.",
        ),
    ),
    Section(
        "education",
        "Priorities: education",
        (
            "A place in school is the best protection we know. An education worker sits in each team, and the "
            "director is told the same week when a child working with us has no full timetable.",
        ),
    ),
    Section(
        "victims",
        "Priorities: restorative approaches and victims",
        (
            "People who were harmed choose whether, how and when to hear from us. We ask what they want to know and "
            "keep what they tell us apart from the child's record.",
        ),
    ),
    Section(
        "serious-violence",
        "Priorities: serious violence and exploitation",
        (
            "Violence between children here is rare and frightening. With partners we look at places and times, "
            "not at lists of names, and treat a child who carries a knife as a child who may be afraid.",
        ),
    ),
    Section(
        "custody",
        "Priorities: custody, remand and constructive resettlement",
        (
            "Custody is for when nothing else will do. When a child is sentenced we begin on their return home the "
            "same day: where they will live, who will meet them, what they will get up for.",
            "In the latest rolling year there were {figure:custody:count:rolling_year} such sentences.",
        ),
    ),
    Section(
        "families",
        "Priorities: working with families",
        (
            "Parents and carers asked for one name and one number. Each family now has both, and a carers' evening "
            "is held every month at the library in Saltgate.",
        ),
    ),
    Section(
        "standards",
        "Standards for children",
        (
            "We rated our own work against the standards for children in the justice system with two partner "
            "services as critical friends. Work at court was our strongest part, planning for leaving us the weakest.",
        ),
    ),
    Section(
        "workforce",
        "Workforce development",
        (
            "Every practitioner has a supervisor, a plan for learning and time to think about hard work with "
            "somebody who does not manage them. Volunteers on panels train together with staff.",
        ),
    ),
    Section(
        "evidence",
        "Evidence-based practice, innovation and evaluation",
        (
            "We try small things, say beforehand what would count as success and stop what does not work. This "
            "year's trial is a walking assessment, done outdoors for children who find rooms difficult.",
        ),
    ),
    Section(
        "service-development",
        "Service development plan",
        (
            "Over the coming year we will decide sooner, plan endings earlier and offer contact to every identified "
            "victim. Each has an owner on the board and a date in the register of actions.",
        ),
    ),
    Section(
        "risks",
        "Challenges, risks and issues",
        (
            "Funding that ends each spring makes it hard to keep good staff. Children wait too long for health "
            "assessments. Both are on the board's register, with what we do meanwhile.",
        ),
    ),
    Section(
        "sign-off",
        "Sign-off, submission and approval",
        ("To be signed by the chair of the management board when the Plan has been approved.",),
    ),
)


def markers() -> tuple[str, ...]:
    """Every marker in the text, in order."""
    return tuple(
        found.group(0) for section in SECTIONS for text in section.paragraphs for found in MARKER.finditer(text)
    )
