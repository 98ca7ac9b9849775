"""Sums in tables: a consistent table is never flagged, one changed cell is, in every layout."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openyj.plancheck import check
from openyj.plancheck.facts.numbers import cell_number
from openyj.plancheck.facts.sums import closure, slip, unmatched_columns
from openyj.plancheck.reading import read_text

PARTNERS = ["Police", "Probation", "Health", "Local Authority", "YJB grant", "Police and Crime Commissioner", "Other"]
HEADS = ["Agency", "Staffing costs (£)", "Payments in kind (£)", "Other delegated funds (£)", "Total (£)"]

# No deadline: the machine may be shared. The tables are small, so forty of them cover the cases.
settings.register_profile("plancheck", deadline=None, max_examples=40)
steady = settings(settings.get_profile("plancheck"))

money = st.one_of(st.just(0), st.integers(1_000, 900_000))


@st.composite
def contributions(draw):
    """A contribution table whose rows and columns add up, as rows of whole pounds."""
    rows = draw(st.lists(st.tuples(money, money, money).filter(any), min_size=3, max_size=7))
    return [list(r) for r in rows]


def printed(rows, change=None):
    """The table as cells; empty where nothing was given. ``change``: (row, column, amount) after adding up."""
    whole = [[*r, sum(r)] for r in rows]
    whole.append([sum(c) for c in zip(*whole, strict=True)])
    if change:
        row, column, amount = change
        whole[row][column] += amount
    cells = [HEADS]
    for name, r in zip([*PARTNERS[: len(rows)], "Total"], whole, strict=True):
        keep = name == "Total"
        cells.append([name, *[f"{v:,}" if v or keep else "" for v in r]])
    return cells


def as_tabs(cells):
    return "\n".join("\t".join(row) for row in cells) + "\n"


def as_pipes(cells):
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]]) + "\n"


def as_lines(cells):
    return "\n".join(cell for row in cells for cell in row if cell) + "\n"


LAYOUTS = {"tabs": as_tabs, "pipes": as_pipes, "lines": as_lines}


def findings(text):
    return check(read_text(text, "md")).findings


@pytest.mark.parametrize("layout", LAYOUTS)
@steady
@given(rows=contributions())
def test_a_table_that_adds_up_is_never_flagged(layout, rows):
    assert findings(LAYOUTS[layout](printed(rows))) == []


@pytest.mark.parametrize("layout", ["tabs", "pipes"])
@steady
@given(rows=contributions(), data=st.data())
def test_one_changed_cell_is_flagged_with_its_figure(layout, rows, data):
    row = data.draw(st.integers(0, len(rows)))
    column = data.draw(st.integers(0, 3))
    whole = [[*r, sum(r)] for r in rows]
    whole.append([sum(c) for c in zip(*whole, strict=True)])
    old = whole[row][column]
    if not old:
        return  # an empty cell stays empty
    amount = data.draw(st.integers(10, max(10, old // 12)))
    found = findings(LAYOUTS[layout](printed(rows, (row, column, amount))))
    figures = {f for finding in found for f in finding.figures}
    told = " ".join(f.message + f.arithmetic for f in found)
    assert f"{old + amount:,}" in figures
    assert f"{old:,}" in told or f"{old:,}" in figures


@steady
@given(rows=contributions(), data=st.data())
def test_a_changed_row_total_is_flagged_where_only_lines_are_left(rows, data):
    row = data.draw(st.integers(0, len(rows) - 1))
    old = sum(rows[row])
    several = [r for r in rows if sum(1 for v in r if v) > 1]
    if rows[row] not in several or len(several) < 3:
        return  # the layout is proved by the other rows
    amount = data.draw(st.integers(10, max(10, old // 12)))
    found = findings(as_lines(printed(rows, (row, 3, amount))))
    assert any(f"{old + amount:,}" in f.figures and f"{old:,}" in f.message + f.arithmetic for f in found)


def number(text):
    made = cell_number(text)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        (["104,244.00", "99,500.00", "0.92"], "203,744.92"),  # pence
        (["327,060", "-69,270"], "257,790"),  # a real negative contribution
        (["(358,198)", "(372,797)", "(85,119)"], "(816,114)"),  # income in brackets
        (["14", "(2)"], "16"),  # vacancies in brackets, added
        (["14", "(2)"], "12"),  # or taken off
        (["512,001", "128,000", "170,667", "42,667"], "853,335"),  # a percentage split, rounded
        (["£358K", "£19K"], "£377K"),
        (["0.33", "2", "5.29", "6", "0.97", "2"], "16.59"),
        (["6,7711", "1,000"], "7,771"),  # a footnote's mark that ran into the figure
    ],
)
def test_what_looks_wrong_and_adds_up(parts, total):
    assert not closure([number(p) for p in parts], number(total)).open


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("763638", "763368", "two digits changed places"),
        ("239206", "239406", "one digit differs"),
        ("1302", "2013", "the digits changed places"),
        ("100", "200", ""),
        ("152", "125", "two digits changed places"),
        ("1000", "2000", "one digit differs"),
        ("12345", "54399", ""),
        ("12", "1234", ""),
    ],
)
def test_slips_of_the_hand(a, b, words):
    assert slip(Decimal(a), Decimal(b)) == words


def test_columns_are_only_called_wrong_when_no_placing_agrees():
    rows = [[Decimal(5)], [Decimal(3), Decimal(4)], [Decimal(2)]]
    assert unmatched_columns(rows, [Decimal(8), Decimal(6)]) == set()
    assert unmatched_columns(rows, [Decimal(8), Decimal(7)]) == {1}
    assert unmatched_columns(rows, [Decimal(90), Decimal(91)]) is None


OF_WHICH = [
    ["Role", "Number", "Cost (£)"],
    ["Officers", "12", "400,000"],
    ["of which part time", "5", "150,000"],
    ["Managers", "3", "180,000"],
    ["Total", "15", "580,000"],
]


def test_rows_that_are_part_of_the_row_above_are_not_added():
    assert findings(as_tabs(OF_WHICH)) == []


def test_subtotals_are_not_counted_twice():
    cells = [
        HEADS,
        ["Police", "10,500", "", "", "10,500"],
        ["Health", "20,250", "", "", "20,250"],
        ["Sub-total", "30,750", "", "", "30,750"],
        ["Local Authority", "5,000", "", "1,000", "6,000"],
        ["Total", "35,750", "", "1,000", "36,750"],
    ]
    assert findings(as_tabs(cells)) == []


def test_a_row_left_out_is_named_as_the_cause():
    rows = [[54_015, 0, 1_200], [0, 0, 116_900], [29_776, 0, 5_000], [609_347, 0, 2_500]]
    cells = printed(rows)
    cells[-1] = ["Total", "693,138", "0", "8,700", f"{693_138 + 8_700:,}"]
    (finding,) = findings(as_tabs(cells))[:1]
    assert "Probation (116,900)" in finding.message
    assert "left out" in finding.message


def test_a_table_whose_layout_was_not_understood_is_left_alone():
    text = "Outputs\nTotal\nVisits\n12\n900\n7\nCalls\n44\n3\nLetters\n9\n12\n8\n1\nTotal\n5,000\n17\n"
    assert findings(text) == []


def test_staff_by_sex_with_two_totals():
    head = "Ethnicity\nManagers\nPractitioners\nTotal\nM\nF\nM\nF\nM\nF\n"
    right = head + "White\n1\n2\n18\n31\n19\n33\nBlack\n3\n1\n3\n1\nAsian\n2\n4\n2\n4\nTotal\n1\n2\n23\n36\n24\n38\n"
    assert findings(right) == []
    (finding,) = findings(right.replace("19\n33\nBlack", "19\n31\nBlack"))
    assert {"19", "31"} <= set(finding.figures)
