"""Two services whose children, and whatever is written about them, hold a word of their own: for the test that nobody
hears it who may not see it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow as pa
from django.core.files.uploadedfile import SimpleUploadedFile

from openyj.accounts.models import Service, Team, User
from openyj.accounts.roles import ROLES
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action, ActionNote, TimeLimit
from openyj.actions.services import add_file as add_evidence
from openyj.assessment.tests.factories import make_corrected
from openyj.casework.co_defendants import add_co_defendant, link_co_defendant
from openyj.casework.models import Hearing, Offence
from openyj.circumstances.models import ContactDetail, HowToWork, LanguageNeed
from openyj.core import clock
from openyj.court.models import BailOffer, PostChargeAccommodation, Remand, SentenceProposal
from openyj.exchange.load import Beside, load_tables
from openyj.finance.models import Partner
from openyj.finance.services import name_money_figure, start_year
from openyj.inspection.services import add_recommendation, add_report, answer_with_known
from openyj.invented.service import service as invented_service
from openyj.jobs.models import Job
from openyj.meetings.models import Meeting
from openyj.meetings.services.business import attach_paper, expect_paper
from openyj.meetings.tests.canary import make_whole_meeting
from openyj.network.tests.factories import make_connection, make_professional, make_sibling
from openyj.outbox.kinds import TEST
from openyj.outbox.services import send
from openyj.packs.services import make_pack
from openyj.people.models import Child, ChildName, Conflict, Identifier, Opening
from openyj.people.services import add_file
from openyj.plans.services import freeze_version, start_plan
from openyj.plans.structures import structures
from openyj.reference.models import LegalOutcome
from openyj.referrals.tests.factories import make_referral
from openyj.reports.tests.canary import make_told_report
from openyj.rota.models import Duty
from openyj.tables import CaseTables

# In facts about children of the one service and of the others; and in what the one service writes and is called.
HERE, THERE, DESK = "Canaryhere", "Canarythere", "Canarydesk"
PARTNER = f"{DESK}@example.invalid".lower()
TOGETHER = "Canarytogether"  # what a co-defendant without a record is called
SECRET = "Canarysecret"  # in the names of the one need-to-know child, who has no worker


def most_decided(tables, home: str) -> int:
    """The child of the home service with most outcomes, who is therefore in figures and lists."""
    ours = {r["child_id"] for r in tables["child"].to_pylist() if r["service"] == home and not r["deleted"]}
    decided = Counter(r["child_id"] for r in tables["offence_legal_outcome"].to_pylist() if r["child_id"] in ours)
    return decided.most_common(1)[0][0]


# The words of a child's circumstances, which come in the tables themselves.
OWN_WORDS = {
    "ete_status": "description",
    "care_status": "description",
    "sendaln": "description",
    "partner_referral": "partner",
    "parenting_intervention": "description",
    "outcome_requirement": "term",
    "requirement_hours": "supervised_by",
    "referral_order_contract": "signed_by",
    "order_change": "by_whom",
    "order_transfer": "reason",
    "hearing": "remand_decision_words",
    "sentence_proposal": "description",
    "bail_offer": "provider",
    "remand_episode": "establishment",
}


def in_own_words(tables: CaseTables, word: dict[int, str]) -> CaseTables:
    """The tables with each child's word in everything of theirs that a person would have written."""
    said = {}
    for name, column in OWN_WORDS.items():
        words = pa.array([word[child] for child in tables[name]["child_id"].to_pylist()], pa.string())
        at = tables[name].column_names.index(column)
        said[name] = tables[name].set_column(at, tables[name].schema.field(column), words)
    return tables.replacing(said)


def tell_about(child: Child, told: str) -> None:
    """A child as a person, every word of it the child's. Every child has one number; one telephone is not safe, and the
    e-mail address that the service writes to is."""
    about = {"child": child, "service": child.service}
    since = {**about, "start_date": date(2026, 1, 1)}
    HowToWork.objects.create(**since, heading="talking", text=told, said_by=told, source=told)
    LanguageNeed.objects.create(**since, first_language=told, prefers=told)
    for way, value, safe in (("phone", told, "SAFE"), ("phone", told, "NOT_SAFE"), ("email", PARTNER, "SAFE")):
        ContactDetail.objects.create(
            **since, way=way, whose=told, value=value, when_and_how=told, not_to_say=told, safe=safe,
            review_on=date(2100, 1, 1),
        )  # fmt: skip
    ChildName.objects.create(**about, use="other", name=f"{told} again", said_as=told, said_by=told)
    Identifier.objects.create(**about, scheme="pnc", value="ZZ26/1A", which=told, given_by=told)


def tell_of_court(child: Child, told: str) -> None:
    """A hearing, a remand that runs, a bail offer and accommodation after charge, every word of it the child's."""
    about, day = {"child": child, "service": child.service}, date(2026, 1, 5)
    bailed = Hearing.objects.create(
        **about, hearing_date=day, court_name=told, remand_proposal="OTHER", remand_proposal_words=told,
        remand_decision="CONDITIONAL_BAIL", bail_conditions=told, adjourned_to=day, adjourned_reason=told,
    )  # fmt: skip
    at = {**about, "hearing": bailed}
    Remand.objects.create(
        **at, remand_kind="YDA", start_date=day, conditions_met=told, establishment=told, cost_source=told
    )
    BailOffer.objects.create(
        **at, date_offered=day, package=told, conditions=told, provider=told, accepted=False, reason=told
    )
    SentenceProposal.objects.create(**at, order=1, proposal=LegalOutcome.objects.first(), description=told)
    PostChargeAccommodation.objects.create(**about, date_asked=day, offered=False, why_not=told)


def tell_who_was_there(child: Child, secret: Child, by: User) -> None:
    """An offence of the need-to-know child and another's, done together; and with somebody without a record."""
    offence, theirs = (Offence.objects.standing().filter(child=each)[0] for each in (child, secret))
    link_co_defendant(child=child, by=by, offence=offence, record=secret, their_offence=theirs, source=HERE)
    add_co_defendant(child=child, by=by, offence=offence, name=TOGETHER, source=HERE)
    add_co_defendant(child=secret, by=by, offence=theirs, name=SECRET, source=SECRET)


def send_pack(coming: Meeting, by: User) -> None:
    """The pack of a meeting to come, of whose papers one is about a child."""
    about = {"title": f"{HERE} paper", "owner": None, "owner_name": HERE, "about_child": True}
    paper = expect_paper(item=coming.items.get(), by=by, **about)
    attach_paper(row=paper, version=1, by=by, file=SimpleUploadedFile(f"{HERE}.txt", f"{HERE} is in it".encode()))
    make_pack(meeting=coming, by=by)


def make_country() -> tuple[str, str, dict[tuple[str, str], User]]:
    """Two services whose every child, address and offence holds their canary word: the code of the one that is walked,
    the other's, and the staff of both by service and role."""
    tables = invented_service(children=24, years=2)
    codes = [row["service"] for row in tables["service"].to_pylist()]
    home = codes[0]
    word = {r["child_id"]: HERE if r["service"] == home else THERE for r in tables["child"].to_pylist()}
    secret = most_decided(tables, home)
    word[secret] = SECRET
    load_tables(
        tables=in_own_words(tables, word),
        by=None,
        beside=Beside.from_rows(
            children={
                child: {
                    "given_name": w,
                    "family_name": w,
                    "known_as": w,
                    "how_to_work_with_me": w,
                    "number": f"{'N' if child == secret else w}{child}",
                }
                | ({"restricted_reason": f"{w} only"} if child == secret else {})
                for child, w in word.items()
            },
            addresses={r["residence_id"]: {"lines": word[r["child_id"]]} for r in tables["residence"].to_pylist()},
            offences={
                r["offence_id"]: {"description": word[r["child_id"]]}
                | ({"gravity_reason": word[r["child_id"]]} if r["gravity_score"] else {})
                for r in tables["offence"].to_pylist()
            },
            police_bails={
                r["police_bail_id"]: {"police": word[r["child_id"]]}
                | ({"conditions": word[r["child_id"]]} if r["bail_status"] != "RELEASED_UNDER_INVESTIGATION" else {})
                for r in tables["police_bail"].to_pylist()
            },
        ),
    )
    services = {s.code: s for s in Service.objects.all()}
    people = {
        (code, role): User.objects.create_user(f"{role}@{code}.example", name=f"{role} {code}", role=role, service=s)
        for code, s in services.items()
        for role in ROLES
    }
    with acting(by=people[home, "manager"]):
        child = Child.objects.standing().filter(service=services[home]).exclude(restricted_reason="").first()
        child = child or Child.objects.standing().filter(service=services[home]).first()
        about = {"child": child, "service": services[home]}
        duty = User.objects.create_user("duty@example.invalid", name="Duty", role="manager", service=services[home])
        file = SimpleUploadedFile(f"{HERE}.txt", f"{HERE} attended".encode())
        add_file(child=child, by=people[home, "manager"], file=file, title=f"{HERE} report", dated=None)
        Opening.objects.create(**about, user=duty, reason=f"{HERE} asked for it")
        Conflict.objects.create(**about, user=people[home, "inspector"], reason=f"{HERE} is a neighbour")
        Team.objects.create(service=services[home], name=f"{DESK} team")
        secret_child = Child.objects.get(given_name=SECRET)
        given = {"service": services[home], "due_on": date(2026, 1, 1), "set_on": date(2026, 1, 1)}
        Action.objects.create(**given, what=f"{DESK} room", owner_name=f"{DESK} partner")
        Action.objects.create(**given, child=child, what=f"{HERE} school", why=HERE, owner=people[home, "manager"])
        Action.objects.create(**given, child=secret_child, what=f"{SECRET} school", owner=people[home, "manager"])
        for action in Action.objects.all():
            what = action.what.split()[0]
            ActionNote.objects.create(service=services[home], action=action, text=f"{what} was there")
            file = SimpleUploadedFile(f"{what}.txt", f"{what} attended".encode())
            add_evidence(action=action, by=people[home, "manager"], file=file, title=f"{what} evidence", dated=None)
        report = add_report(
            by=people[home, "manager"], title=f"{DESK} report", by_whom="A test", published_on=date(2026, 1, 1)
        )
        asked = add_recommendation(report=report, by=people[home, "manager"], number="1", text=f"{DESK} recommends")
        answer_with_known(recommendation=asked, by=people[home, "manager"], action=Action.objects.get(child=None))
        for about_child, told in ((child, HERE), (secret_child, SECRET), (None, HERE)):
            make_referral(
                people[home, "manager"], about_child, given_name=told, family_name=told, what=f"{told} broke a window",
                source_name=f"{told} referred",
            )  # fmt: skip
        for about_child, told in ((child, HERE), (secret_child, SECRET)):
            tell_about(about_child, told)
            tell_of_court(about_child, told)
        for about_child, told in ((secret_child, SECRET), (child, HERE)):
            make_connection(about_child, name=told, contact=told, caution="RISK", caution_reason=f"{told} was hurt")
            make_professional(about_child, name=told, agency=told)
        make_sibling(child, secret_child)
        tell_who_was_there(ours_in_order(home)[0], secret_child, people[home, "manager"])
        board = make_whole_meeting(people[home, "manager"], DESK).kind
        send_pack(Meeting.objects.to_come().get(kind=board), people[home, "manager"])
        Duty.objects.create(
            service=services[home], day=clock.today(), part="1_morning", person=people[home, "manager"],
            place=f"{DESK} court",
        )  # fmt: skip
        limit = {"service": services[home], "event": "first-contact", "source": f"{DESK} policy"}
        TimeLimit.objects.create(**limit, days=5, valid_from=date(2012, 1, 1))
    with acting(by=None, services=EVERY_SERVICE):
        assessed = [(ours_in_order(home)[0], HERE), (secret_child, SECRET)]
    for child, told in assessed:
        make_corrected(child, people[home, "practitioner"], people[home, "manager"], told)
        make_told_report(child, people[home, "practitioner"], people[home, "manager"], told)
    with acting(by=people[home, "head_of_service"]):
        head = people[home, "head_of_service"]
        year = start_year(service=head.service, starts=2025, by=head)
        Partner.objects.create(service=head.service, name=f"{DESK} trust", kind="other", first_year=2000, order=99)
        name_money_figure(year=year, by=head)
        text = dict.fromkeys((h.key for h in structures()["2024"].sections), f"{DESK} wrote this.")
        plan = start_plan(service=head.service, starts=2025, structure="2024", by=head, text=text)
        freeze_version(plan=plan, name="First", note=f"{DESK} agreed", by=head)
        send(TEST, to=PARTNER, by=head)
        Job.objects.create(service=head.service, by=head, name="gone.work", state="done", led_to=f"/{DESK}")
    return home, codes[1], people


def ours_in_order(home: str):
    """The home service's children, the need-to-know one last."""
    return Child.objects.filter(service__code=home).order_by("restricted_reason", "pk")
