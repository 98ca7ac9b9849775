"""Totals and changes: rules that hold for any amounts."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openyj.finance.contributions import Change, say_percent, say_pounds, table_of
from openyj.finance.models import Stream

PARTNERS = [SimpleNamespace(pk=n, name=f"Partner {n}") for n in range(1, 5)]
pence = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)
cells = st.dictionaries(st.tuples(st.integers(1, 4), st.sampled_from([s.value for s in Stream])), pence)


def table(now, before=None):
    return table_of(starts=2025, label="2025/26", partners=PARTNERS, now=now, before=before, notes={})


@given(cells)
def test_totals_of_rows_and_of_columns_and_of_cells_are_the_same(now):
    made = table(now)
    expected = sum(now.values()) if now else None
    assert made.total == expected
    assert (sum(c for c in made.columns if c is not None) if now else None) == expected


@given(cells.filter(bool), cells.filter(bool))
def test_changes_of_rows_and_of_columns_add_up_to_the_change_of_the_whole(now, before):
    made = table(now, before)
    whole = sum(now.values()) - sum(before.values())
    assert made.change.pounds == whole
    assert sum(line.change.pounds for line in made.lines) == whole
    assert sum(change.pounds for change in made.column_changes) == whole


def test_empty_table_says_nothing_rather_than_zero():
    made = table({})
    assert (made.total, made.columns, made.empty) == (None, (None,) * 4, True)


def test_typed_zero_is_an_amount():
    assert table({(1, "cash"): Decimal(0)}).total == 0


def test_year_not_filled_in_has_not_lost_its_money():
    made = table({}, {(1, "cash"): Decimal(100)})
    assert (made.change.pounds, made.has_year_before) == (None, False)


@pytest.mark.parametrize(
    ("now", "before", "pounds", "percent"),
    [
        ("110", "100", "+£10", "+10.0%"),
        ("90", "100", "-£10", "-10.0%"),
        ("100", "100", "£0", "0.0%"),
        ("50", "0", "+£50", "new"),
        (None, "80", "-£80", "-100.0%"),
        (None, "0", "£0", ""),
        ("50", None, "", ""),
        ("-50", "-100", "+£50", "+50.0%"),  # a smaller debt is an increase
        ("1000.50", "1000", "+£0.50", "+0.1%"),  # a half is rounded up
    ],
)
def test_change_is_said_in_pounds_and_per_cent(now, before, pounds, percent):
    change = Change(now and Decimal(now), before and Decimal(before))
    assert (say_pounds(change.pounds, sign=True), say_percent(change)) == (pounds, percent)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("1234757", "£1,234,757"), ("-500", "-£500"), ("0.5", "£0.50"), ("0", "£0"), ("1234.00", "£1,234")],
)
def test_pounds_are_said_with_pence_only_where_there_are_any(amount, said):
    assert say_pounds(Decimal(amount)) == said
