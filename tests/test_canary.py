"""A canary word in every child's facts, one for each service. No answer, file, log or error may hold a word of someone
the reader may not see: not in another service, and not for a role that sees no children."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from datetime import date

import pyarrow as pa
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openyj.accounts.models import Service, Team, User
from openyj.accounts.roles import ROLES
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action, ActionFile, ActionNote, BankHoliday, TimeLimit
from openyj.actions.services import add_file as add_evidence
from openyj.assessment.models import Assessment
from openyj.assessment.tests.factories import make_corrected
from openyj.caselevel.national import build
from openyj.delays.models import Turn
from openyj.documents.models import Rendition, RenditionFile
from openyj.exchange.load import Beside, load_tables
from openyj.finance.models import MoneyFigure, Partner
from openyj.finance.services import name_money_figure, start_year
from openyj.inspection.models import Answer, Recommendation, Report
from openyj.inspection.services import add_recommendation, add_report, answer_with_known
from openyj.invented.service import service as invented_service
from openyj.jobs.models import Job
from openyj.meetings.models import (
    Agency,
    AgendaItem,
    Decision,
    Dissent,
    Meeting,
    MeetingKind,
    Membership,
    Paper,
    StandingItem,
    Terms,
)
from openyj.meetings.tests.canary import make_whole_meeting
from openyj.outbox.kinds import TEST
from openyj.outbox.models import Message
from openyj.outbox.services import send
from openyj.people.kinds import KINDS
from openyj.people.models import Child, ChildFile, Conflict, Opening
from openyj.people.services import add_file
from openyj.performance.models import Figure
from openyj.plans.services import freeze_version, start_plan
from openyj.plans.structures import structures
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning, Population
from openyj.referrals.models import Referral, ReferralKind
from openyj.referrals.tests.factories import make_referral
from openyj.tables import CaseTables
from tests.test_access import VIEWS

pytestmark = pytest.mark.django_db
# In facts about children of the one service and of the others; and in what the one service writes and is called.
HERE, THERE, DESK = "Canaryhere", "Canarythere", "Canarydesk"
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
}


def in_own_words(tables: CaseTables, word: dict[int, str]) -> CaseTables:
    """The tables with each child's word in everything of theirs that a person would have written."""
    said = {}
    for name, column in OWN_WORDS.items():
        words = pa.array([word[child] for child in tables[name]["child_id"].to_pylist()], pa.string())
        at = tables[name].column_names.index(column)
        said[name] = tables[name].set_column(at, tables[name].schema.field(column), words)
    return tables.replacing(said)


@pytest.fixture
def country(db, django_user_model):
    """Two services whose every child, address and offence holds their canary word; a head of service who has looked at
    every page, so that figures have codes."""
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
            offences={r["offence_id"]: {"description": word[r["child_id"]]} for r in tables["offence"].to_pylist()},
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
        make_whole_meeting(people[home, "manager"], DESK)
        limit = {"service": services[home], "event": "first-contact", "source": f"{DESK} policy"}
        TimeLimit.objects.create(**limit, days=5, valid_from=date(2012, 1, 1))
    with acting(by=None, services=EVERY_SERVICE):
        assessed = [(ours_in_order(home)[0], HERE), (secret_child, SECRET)]
    for child, told in assessed:
        make_corrected(child, people[home, "practitioner"], people[home, "manager"], told)
    with acting(by=people[home, "head_of_service"]):
        head = people[home, "head_of_service"]
        year = start_year(service=head.service, starts=2025, by=head)
        Partner.objects.create(service=head.service, name=f"{DESK} trust", kind="other", first_year=2000, order=99)
        name_money_figure(year=year, by=head)
        text = dict.fromkeys((h.key for h in structures()["2024"].sections), f"{DESK} wrote this.")
        plan = start_plan(service=head.service, starts=2025, structure="2024", by=head, text=text)
        freeze_version(plan=plan, name="First", note=f"{DESK} agreed", by=head)
        send(TEST, to=f"{DESK}@example.invalid", by=head)
        Job.objects.create(service=head.service, by=head, name="gone.work", state="done", led_to=f"/{DESK}")
    return home, codes[1], people


@pytest.fixture
def client_of(country):

    def make(service: str, role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(country[2][service, role])
        return client

    return make


def ours_in_order(home: str):
    """The home service's children, the need-to-know one last."""
    return Child.objects.filter(service__code=home).order_by("restricted_reason", "pk")


def values(home: str) -> dict[str, list]:
    """What stands for each argument of an address: things of the home service."""
    with acting(by=None, services=EVERY_SERVICE):
        ours = {"service__code": home}
        children = list(ours_in_order(home).values_list("pk", flat=True))
        known = {
            "child_id": [children[0], children[-1]],
            "opening_id": list(Opening.objects.values_list("pk", flat=True)[:1]),
            "conflict_id": list(Conflict.objects.values_list("pk", flat=True)[:1]),
            "user_id": list(User.objects.filter(service__code=home).values_list("pk", flat=True)[:1]),
            "place_id": list(Team.objects.filter(service__code=home).values_list("pk", flat=True)[:1]),
            "job_id": firsts(Job.objects.filter(**ours)),
            "name": ["jobs.clear_sessions", "outbox.test"],
            "message_id": firsts(Message.objects.filter(**ours)),
            "secret": ["no-such-secret"],
            "partner_id": firsts(Partner.objects.filter(**ours)),
            "outcome_id": firsts(LegalOutcome.objects.all()),
            "meaning_id": firsts(LegalOutcomeMeaning.objects.all()),
            "population_id": firsts(Population.objects.filter(of_service__code=home)),
            "rendition_id": firsts(Rendition.objects.filter(**ours)),
            "child_file_id": list(ChildFile.objects.filter(**ours).values_list("pk", flat=True)),
            "file_id": list(RenditionFile.objects.filter(**ours).values_list("pk", flat=True)),
            "action_file_id": list(ActionFile.objects.filter(**ours).values_list("pk", flat=True)),
            "action_id": list(Action.objects.filter(**ours).values_list("pk", flat=True)),
            "report_id": firsts(Report.objects.filter(**ours)),
            "recommendation_id": firsts(Recommendation.objects.filter(**ours)),
            "answer_id": firsts(Answer.objects.filter(**ours)),
            "kind_id": firsts(MeetingKind.objects.filter(**ours)),
            "terms_id": firsts(Terms.objects.filter(**ours)),
            "agency_id": firsts(Agency.objects.filter(**ours)),
            "standing_id": firsts(StandingItem.objects.filter(**ours)),
            "membership_id": firsts(Membership.objects.filter(**ours)),
            "meeting_id": list(Meeting.objects.filter(**ours).values_list("pk", flat=True)),
            "item_id": firsts(AgendaItem.objects.filter(**ours)),
            "paper_id": firsts(Paper.objects.filter(**ours)),
            "decision_id": firsts(Decision.objects.filter(**ours)),
            "dissent_id": firsts(Dissent.objects.filter(**ours)),
            "limit_id": firsts(TimeLimit.objects.filter(**ours)),
            "turn_id": firsts(Turn.objects.all()),
            "holiday_id": firsts(BankHoliday.objects.all()),
            "number": [1],
            "other": [2],
            "section": ["health"],
            "assessment_id": list(Assessment.objects.filter(**ours).values_list("pk", flat=True)),
            "format": ["docx", "pdf", "html", "exe"],
            "key": [structures()["2024"].sections[0].key, "set-password"],
            "code": [
                *Figure.objects.filter(**ours).order_by("pk").values_list("code", flat=True)[:4],
                *MoneyFigure.objects.filter(**ours).values_list("code", flat=True)[:1],
            ],
            "kind": list(KINDS),
            "referral_id": list(Referral.objects.filter(**ours).values_list("pk", flat=True)),
            "word_id": firsts(ReferralKind.objects.all()),
            "part": ["child"],
            "slug": ["first-time-entrants", "custody", "reoffending"],
            "pk": [],
            "uidb36": ["1"],
            "starts": [2025],
        }
    return known


def firsts(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


def addresses(home: str) -> list[str]:
    """Every address of the site, about things of the home service."""
    known = values(home)
    found = []
    for name, pattern in VIEWS:
        wanted = list(pattern.pattern.converters) or list(getattr(pattern.pattern.regex, "groupindex", {}))
        if {"kind", "pk"} <= set(wanted):
            found += facts(name)
            continue
        missing = [w for w in wanted if w not in known]
        assert not missing, f"{name} takes {missing}: say in `values` what stands for it"
        for chosen in itertools.product(*(known[w] or [999999] for w in wanted)):
            found.append(reverse(name, kwargs=dict(zip(wanted, chosen, strict=True))))
    return found


def facts(name: str) -> list[str]:
    """The address `name` for the first fact of each kind that the home service holds."""
    found = []
    with acting(by=None, services=EVERY_SERVICE):
        for kind, of in KINDS.items():
            fact = of.model.objects.filter(child__given_name=HERE).first()
            if fact:
                found.append(reverse(name, kwargs={"child_id": fact.child_id, "kind": kind, "pk": fact.pk}))
    return found


def give_figures_codes(client_of, home: str) -> None:
    head = client_of(home, "head_of_service")
    for slug in ("first-time-entrants", "custody", "reoffending"):
        assert head.get(reverse("performance:measure", kwargs={"slug": slug})).status_code == 200


def words_in(response) -> str:
    body = response.getvalue() if response.streaming else response.content
    said = " ".join(str(m) for m in get_messages(response.wsgi_request)) if hasattr(response, "wsgi_request") else ""
    return body.decode("utf-8", "ignore") + str(response.headers) + said


def test_the_canary_sings_for_those_who_may_hear_it(country, client_of):
    """Without this the other tests could pass because nothing is shown to anybody."""
    home, *_ = country
    give_figures_codes(client_of, home)
    client = client_of(home, "manager")
    heard = [a for a in addresses(home) if HERE in words_in(client.get(a))]
    assert len(heard) > 15
    assert not [a for a in heard if THERE in words_in(client.get(a))]


@pytest.mark.parametrize("role", ROLES)
def test_another_services_staff_meet_no_word_of_it(role, country, client_of, caplog):
    home, other, _ = country
    give_figures_codes(client_of, home)
    client = client_of(other, role)
    with caplog.at_level(logging.INFO):
        for address in addresses(home):
            for method in ("get", "post"):
                response = getattr(client, method)(address)
                assert response.status_code != 500, f"{method} {address}"
                heard = [word for word in (HERE, DESK) if word in words_in(response)]
                assert not heard, f"{role} {method} {address}"
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert HERE not in said and DESK not in said


@pytest.mark.parametrize("role", ROLES)
def test_another_services_staff_find_none_of_its_children(role, country, client_of):
    client = client_of(country[1], role)
    for address in (f"/search?q={HERE}", f"/children/find?q={HERE[:-1]}", f"/children/?name={HERE}"):
        found = words_in(client.get(address, follow=True)).split('href="/children/')[1:]
        for record in (part.split('"')[0] for part in found):
            if record.isdigit():
                assert THERE in words_in(client.get(f"/children/{record}"))


@pytest.mark.parametrize("role", ["board_member", "administrator"])
def test_a_role_that_sees_no_children_meets_no_word_of_them(role, country, client_of):
    home, *_ = country
    give_figures_codes(client_of, home)
    client = client_of(home, role)
    for address in addresses(home):
        for method in ("get", "post"):
            response = getattr(client, method)(address)
            assert response.status_code != 500, f"{method} {address}"
            assert HERE not in words_in(response), f"{role} {method} {address}"


@pytest.mark.parametrize("role", ["national_user", "regional_user"])
def test_who_oversees_services_meets_no_word_of_any_of_them(role, country):
    home, *_ = country
    build(by=None)
    kind, region = ROLES[role].oversees, Service.objects.get(code=home).region
    body = Service.objects.create(code="OVER", name="Oversight", oversees=kind, region=region)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("over@example.invalid", name="Over", role=role, service=body))
    assert "services" in words_in(client.get("/national"))
    for address in addresses(home):
        for method in ("get", "post"):
            response = getattr(client, method)(address)
            assert response.status_code != 500, f"{method} {address}"
            heard = [word for word in (HERE, THERE, SECRET, DESK) if word in words_in(response)]
            assert not heard, f"{role} {method} {address}"


def test_a_conflict_of_interest_hides_the_child(country, client_of):
    home, *_ = country
    with acting(by=None, services=EVERY_SERVICE):
        child = Conflict.objects.get().child_id
    client = client_of(home, "inspector")
    for address in addresses(home):
        if f"/children/{child}" in address:
            assert client.get(address).status_code in (403, 404), address


@pytest.mark.parametrize("role", ["practitioner", "manager", "head_of_service", "data_officer", "inspector"])
def test_a_need_to_know_record_is_named_nowhere_before_a_reason_is_given(role, country, client_of):
    home, *_ = country
    give_figures_codes(client_of, home)
    client = client_of(home, role)
    for address in [*addresses(home), f"/children/find?q={SECRET[:-1]}", "/search?q=Canary"]:
        assert SECRET not in words_in(client.get(address, follow=True)), address


def test_giving_a_reason_opens_it(country, client_of):
    """Without this the test above could pass because nobody ever sees it."""
    home, *_ = country
    with acting(by=None, services=EVERY_SERVICE):
        child = Child.objects.get(given_name=SECRET).pk
    client = client_of(home, "practitioner")
    client.post(f"/children/{child}/why", {"reason": "I am on duty and the child rang"})
    assert SECRET in words_in(client.get(f"/children/{child}"))
