"""A canary word in every child's facts, one for each service. No answer, file, log or error may hold a word of someone
the reader may not see: not in another service, and not for a role that sees no children."""

from __future__ import annotations

import io
import itertools
import logging
import os
import re
import zipfile

import pypdfium2
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import html

from openyj.accounts.models import Service, Team, User
from openyj.accounts.roles import ROLES
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.actions.models import Action, ActionFile, BankHoliday, TimeLimit
from openyj.assessment.models import Assessment
from openyj.caselevel.live import tables_of
from openyj.caselevel.national import build
from openyj.casework.models import CaseWord, CoDefendant
from openyj.delays.models import Turn
from openyj.documents.models import Rendition, RenditionFile
from openyj.finance.models import MoneyFigure, Partner
from openyj.inspection.models import Answer, Recommendation, Report
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
from openyj.network.models import Connection, Professional, Relationship
from openyj.outbox.models import Message
from openyj.people.kinds import KINDS
from openyj.people.models import Child, ChildFile, Conflict, Opening
from openyj.performance.models import Figure
from openyj.plans.structures import structures
from openyj.reference.models import LegalOutcome, LegalOutcomeMeaning, Population
from openyj.referrals.models import Referral, ReferralKind
from openyj.reports.models import CourtReport, ReportKind, ReportSending
from openyj.rota.models import Duty
from ops import postgres
from ops.databases import clone_prepared
from tests.canary_country import DESK, HERE, SECRET, THERE, TOGETHER, make_country, ours_in_order
from tests.test_access import VIEWS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """Made once, in a database of this file's own; each test's own changes are rolled back."""
    name = f"openyj_test_canary_{os.getpid()}"
    clone_prepared(name)
    with django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        yield make_country()
        connection.close()
        connection.settings_dict["NAME"] = usual
    postgres.drop(name)


@pytest.fixture
def client_of(country):

    def make(service: str, role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(country[2][service, role])
        return client

    return make


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
            # Those somebody wrote about: of the invented ones nothing is known but who came.
            "meeting_id": list(Meeting.objects.filter(**ours, kind__name__contains=DESK).values_list("pk", flat=True)),
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
            "court_report_id": list(CourtReport.objects.filter(**ours).values_list("pk", flat=True)),
            "report_kind_id": firsts(ReportKind.objects.all()),
            "sending_id": list(ReportSending.objects.filter(**ours).values_list("pk", flat=True)),
            "duty_id": list(Duty.objects.filter(**ours).values_list("pk", flat=True)),
            "connection_id": list(Connection.objects.filter(**ours).exclude(name="").values_list("pk", flat=True)),
            "professional_id": list(Professional.objects.filter(**ours).values_list("pk", flat=True)),
            "sibling_id": children[-1:],
            "case_word_id": firsts(CaseWord.objects.all()),
            "record_id": children[-1:],
            "together_id": list(CoDefendant.objects.filter(**ours).values_list("pk", flat=True)),
            "relationship_id": firsts(Relationship.objects.all()),
            "part": ["child"],
            "slug": ["first-time-entrants", "custody", "reoffending"],
            "pk": [],
            "uidb36": ["1"],
            "starts": [2025],
        }
    return known


def still_here(client: Client) -> bool:
    """Whether nothing on the way signed the person out, after which no page would have said a word."""
    return client.get(reverse("home:home")).status_code == 200


def firsts(rows) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


def addresses(home: str) -> list[str]:
    """Every address of the site, about things of the home service."""
    known = values(home)
    found = []
    for name, pattern in VIEWS:
        if name.endswith("account_logout"):
            continue  # whoever is asked after it is nobody, and would hear nothing
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
    assert still_here(client)
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
    assert still_here(client)


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
    assert still_here(client)


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
    with acting(by=None, services=EVERY_SERVICE):
        network = reverse("network:find", args=[ours_in_order(home)[0].pk])
    searches = [f"{where}?q={SECRET[:-1]}" for where in ("/children/find", network)]
    for address in [*addresses(home), *searches, "/search?q=Canary"]:
        assert SECRET not in words_in(client.get(address, follow=True)), address


def test_giving_a_reason_opens_it(country, client_of):
    """Without this the test above could pass because nobody ever sees it."""
    home, *_ = country
    with acting(by=None, services=EVERY_SERVICE):
        child = Child.objects.get(given_name=SECRET).pk
    client = client_of(home, "practitioner")
    client.post(f"/children/{child}/why", {"reason": "I am on duty and the child rang"})
    assert SECRET in words_in(client.get(f"/children/{child}"))


def readable(response) -> str:
    """The words of an answer, also of a Word document, a spreadsheet or a PDF."""
    body = response.getvalue() if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    return words_in(response)


def on_paper(page: str) -> str:
    """What a page prints."""
    tree = html.fromstring(page)
    for part in tree.find_class("app-no-print"):
        part.drop_tree()
    return tree.text_content()


def test_a_co_defendants_name_is_on_no_paper_in_no_document_and_in_no_export(country, client_of, caplog):
    """The name that somebody typed stands on three pages of the one record, on the screen, and nowhere else."""
    home, *_ = country
    give_figures_codes(client_of, home)
    client = client_of(home, "manager")
    heard = set()
    with caplog.at_level(logging.INFO):
        for address in addresses(home):
            for asked in (address, f"{address}?export=xlsx"):
                said = readable(client.get(asked))
                if TOGETHER in said:
                    page = re.fullmatch(r"/children/\d+/(offences|history|co-defendants)(/\d+)?", address)
                    assert page, asked
                    assert TOGETHER not in on_paper(said), asked
                    heard.add(page[1])
    assert heard == {"offences", "history", "co-defendants"}
    assert TOGETHER not in "\n".join(record.getMessage() for record in caplog.records)
    for find in (f"/search?q={TOGETHER}", f"/children/find?q={TOGETHER}"):
        assert not re.search(r'href="/children/\d', words_in(client.get(find, follow=True))), find
    for name, table in tables_of(None).items():
        words = [row for column in table.column_names for row in table[column].to_pylist() if isinstance(row, str)]
        assert not [word for word in words if TOGETHER in word], name
