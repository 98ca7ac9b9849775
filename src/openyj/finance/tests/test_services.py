"""Saving a year's table: one version for the whole, nothing deleted, other services refused by the database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openyj.accounts.scope import acting
from openyj.accounts.versions import ChangedUnderneath
from openyj.finance import services
from openyj.finance.models import Contribution, FinancialYear, MoneyFigure, Partner
from openyj.finance.selectors import contributions_of, edits_of, figure_by_code, value_of
from openyj.finance.tables import contributions_table, say_money
from openyj.finance.tests.factories import make_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(staff):
    return staff("head_of_service")


@pytest.fixture
def year(head):
    make_year(by=head, starts=2024, amounts={"police": {"cash": 100}, "health": {"in_kind": 40}})
    return make_year(
        by=head, starts=2025, amounts={"police": {"cash": 120, "staffing": "0.50"}}, notes={"police": "1 officer"}
    )


def partner(kind: str) -> Partner:
    return Partner.objects.get(kind=kind)


def test_started_year_has_the_partners_of_the_published_table(head):
    with acting(by=head):
        services.start_year(service=head.service, starts=2025, by=head)
        assert list(Partner.objects.values_list("kind", flat=True)) == Partner.Kind.values


def test_same_year_twice_is_refused(head, year):
    with acting(by=head), pytest.raises(services.AlreadyThere):
        services.start_year(service=head.service, starts=2025, by=head)


def test_emptied_cell_is_marked_in_error_and_kept(head, year):
    with acting(by=head):
        police = partner("police").pk
        services.record_contributions(
            year=year, version=year.version, amounts={(police, "staffing"): None}, notes={police: ""}, by=head
        )
        kept = Contribution.objects.get(year=year, stream="staffing")
        assert (kept.amount, kept.in_error_by, kept.stands) == (Decimal("0.50"), head, False)
        table = contributions_of(head.service, 2025)
        assert (table.total, table.lines[0].note) == (120, "")


def test_cell_can_be_filled_again_after_it_was_emptied(head, year):
    with acting(by=head):
        cell = (partner("police").pk, "staffing")
        year = services.record_contributions(year=year, version=year.version, amounts={cell: None}, notes={}, by=head)
        services.record_contributions(year=year, version=year.version, amounts={cell: Decimal(7)}, notes={}, by=head)
        assert contributions_of(head.service, 2025).total == 127


def test_older_version_is_refused_and_changes_nothing(head, year):
    with acting(by=head):
        cell = (partner("police").pk, "cash")
        seen = year.version
        services.record_contributions(year=year, version=seen, amounts={cell: Decimal(1)}, notes={}, by=head)
        with pytest.raises(ChangedUnderneath), transaction.atomic():
            services.record_contributions(year=year, version=seen, amounts={cell: Decimal(2)}, notes={}, by=head)
        assert Contribution.objects.standing().get(year=year, stream="cash").amount == 1


def test_edits_say_who_changed_what_from_what_to_what(head, year):
    with acting(by=head):
        cell = (partner("police").pk, "cash")
        year = services.record_contributions(
            year=year, version=year.version, amounts={cell: Decimal(90)}, notes={}, by=head
        )
        services.record_contributions(year=year, version=year.version, amounts={cell: None}, notes={}, by=head)
        told = [(e.by, e.partner, e.what, e.before, e.after) for e in edits_of(year)]
    assert told[:2] == [
        (head.name, "Police", "Cash", "£90", "nothing"),
        (head.name, "Police", "Cash", "£120", "£90"),
    ]


def test_other_service_sees_nothing_and_may_not_write(head, year, staff, other_service):
    stranger = staff("head_of_service", service=other_service)
    with acting(by=stranger):
        assert FinancialYear.objects.count() == Contribution.objects.count() == Partner.objects.count() == 0
        assert contributions_of(head.service, 2025) is None
        with pytest.raises(DatabaseError), transaction.atomic():
            FinancialYear.objects.create(service=head.service, starts=2030)


def test_amount_cannot_join_a_year_and_a_partner_of_two_services(head, year, staff, other_service):
    stranger = staff("head_of_service", service=other_service)
    theirs = make_year(by=stranger, starts=2025, amounts={"police": {"cash": 1}})
    with acting(by=None, services=[head.service, other_service]), pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(
            service=head.service, year=theirs, partner=Partner.objects.first(), stream="delegated", amount=1
        )
        from django.db import connection

        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_partner_cannot_be_ended_before_their_money(head, year):
    with acting(by=head):
        police = partner("police")
        with pytest.raises(services.AlreadyThere):
            services.change_partner(partner=police, version=police.version, by=head, last_year=2024)
        changed = services.change_partner(partner=police, version=police.version, by=head, last_year=2025)
        assert changed.last_year == 2025


def test_ended_partner_leaves_later_tables(head, year):
    with acting(by=head):
        other = partner("other")
        services.change_partner(partner=other, version=other.version, by=head, last_year=2024)
        assert "Other" not in [line.partner.name for line in contributions_of(head.service, 2025).lines]
        assert "Other" in [line.partner.name for line in contributions_of(head.service, 2024).lines]


def test_same_sum_has_the_same_code_and_codes_find_their_page(head, year, staff):
    with acting(by=head):
        figure = services.name_money_figure(year=year, by=head)
        assert services.name_money_figure(year=year, by=head) == figure
        assert len(figure.code) == 7
        assert figure_by_code(head, f" {figure.code.lower()} ") == figure
        assert figure_by_code(staff("practitioner"), figure.code) is None


@pytest.mark.parametrize(
    ("kind", "stream", "shows", "said"),
    [
        (None, "", "amount", "£120.50"),
        (None, "cash", "amount", "£120"),
        ("police", "", "change", "+£20.50"),
        ("police", "cash", "change_percent", "+20.0%"),
        ("police", "staffing", "change_percent", "new"),
        (None, "", "change", "-£19.50"),
        ("health", "in_kind", "amount", ""),
        ("health", "in_kind", "change", "-£40"),
    ],
)
def test_money_figure_says_its_sum(head, year, kind, stream, shows, said):
    with acting(by=head):
        figure = services.name_money_figure(
            year=year, partner=partner(kind) if kind else None, stream=stream, shows=shows, by=head
        )
        assert say_money(figure, value_of(figure, contributions_of(head.service, 2025))) == said


def test_document_table_has_only_the_ways_of_giving_that_are_used(head, year):
    with acting(by=head):
        table = contributions_table(head.service, 2025)
        assert contributions_table(head.service, 2030) is None
    assert table.head == ["Partner", "Cash", "Staffing", "Total", "Change from the year before", "Change (%)"]
    assert table.rows == [
        ["Police", "£120", "£0.50", "£120.50", "+£20.50", "+20.5%"],
        ["Health", "", "", "", "-£40", "-100.0%"],
    ]
    assert table.foot == ["Total", "£120", "£0.50", "£120.50", "-£19.50", "-13.9%"]


def test_table_comes_in_the_same_number_of_queries_for_one_partner_and_three(head, django_assert_num_queries):
    make_year(by=head, starts=2023, amounts={"police": {"cash": 1}})
    make_year(by=head, starts=2024, amounts={"police": {"cash": 1}, "health": {"cash": 1}, "pcc": {"cash": 2}})
    with acting(by=head):
        with django_assert_num_queries(4):
            contributions_of(head.service, 2023)
        with django_assert_num_queries(4):
            contributions_of(head.service, 2024)


def test_money_figure_shows_choices_are_covered():
    assert set(MoneyFigure.Shows.values) == {"amount", "change", "change_percent"}
