"""Tables as a conversion leaves them, one cell a line, right and with one figure wrong."""

import pytest

from openyj.plancheck import check
from openyj.plancheck.reading import read_text

# name: the cells, the figure that is wrong (none: the table is right)
TABLES = {
    "two years ok": (
        "Funding source | 2018/19 (£) | 2019/20 (£) | YJB grant | 412,300 | 409,118 | Local Authority | "
        "601,445 | 640,000 | Police | 51,200 | 51,200 | Health | 45,000 | 46,350 | Total | 1,109,945 | "
        "1,146,668",
        None,
    ),
    "two years bad": (
        "Funding source | 2018/19 (£) | 2019/20 (£) | YJB grant | 412,300 | 409,118 | Local Authority | "
        "601,445 | 640,000 | Police | 51,200 | 51,200 | Health | 45,000 | 46,350 | Total | 1,109,945 | "
        "1,164,668",
        "1,164,668",
    ),
    "variance ok": (
        "Agency | 2018/19 | 2019/20 | Variance | YJB | 412,300 | 409,118 | -3,182 | Council | 601,445 | "
        "640,000 | 38,555 | Police | 51,200 | 51,200 | 0 | Total | 1,064,945 | 1,100,318 | 35,373",
        None,
    ),
    "fte ok": (
        "Role | FTE | Manager | 1.0 | Practitioner | 7.5 | Admin | 2.6 | Seconded Police | 1 | Total | 12.1",
        None,
    ),
    "fte bad": (
        "Role | FTE | Manager | 1.0 | Practitioner | 7.5 | Admin | 2.6 | Seconded Police | 1 | Total | 13.1",
        "13.1",
    ),
    "labels first, then figures": (
        "INCOME | YJB grant | Council | Police | Total | Cash | £570,000 | £2,301,000 | £21,000 | "
        "£2,892,000 | In-kind | £10,000 | £10,000",
        None,
    ),
    "a dash for nothing": (
        "Agency | Contribution (£) | Police | - | Health | 54,000 | Council | 604,112 | YJB | 391,486 | "
        "Total | 1,049,598",
        None,
    ),
    "one col bad": (
        "Agency | Contribution (£) | Police | - | Health | 54,000 | Council | 604,112 | YJB | 391,486 | "
        "Total | 1,094,598",
        "1,094,598",
    ),
    "bullets bad": (
        "Contributions: | * Police: £54,015 | * Health: £31,502 | * Council: £609,347 | * YJB grant: "
        "£268,311 | * Total: £936,175",
        "£936,175",
    ),
    "bullets ok": (
        "Contributions: | * Police: £54,015 | * Health: £31,502 | * Council: £609,347 | * YJB grant: "
        "£268,311 | * Total: £963,175",
        None,
    ),
    "perf ok": (
        "Indicator | Q1 | Q2 | Q3 | Q4 | Target | First time entrants | 12 | 9 | 14 | 10 | 50 | "
        "Reoffending rate | 38% | 40% | 36% | 35% | 38% | Custody | 1 | 0 | 2 | 0 | 5",
        None,
    ),
    "perf tot bad": (
        "Outcome | Q1 | Q2 | Q3 | Q4 | Total | Youth caution | 12 | 9 | 14 | 10 | 45 | Referral order | "
        "8 | 7 | 9 | 6 | 30 | YRO | 4 | 5 | 3 | 2 | 15 | Total | 24 | 21 | 26 | 18 | 89",
        "15",
    ),
    "perf tot ok": (
        "Outcome | Q1 | Q2 | Q3 | Q4 | Total | Youth caution | 12 | 9 | 14 | 10 | 45 | Referral order | "
        "8 | 7 | 9 | 6 | 30 | YRO | 4 | 5 | 3 | 2 | 14 | Total | 24 | 21 | 26 | 18 | 89",
        None,
    ),
    "eth pct ok": (
        "Ethnicity | Number | % | White | 37 | 62% | Asian | 15 | 25% | Black | 6 | 10% | Dual | 2 | 3% "
        "| Total | 60 | 100%",
        None,
    ),
    "eth pct bad": (
        "Ethnicity | Number | % | White | 37 | 62% | Asian | 15 | 35% | Black | 6 | 10% | Dual | 2 | 3% "
        "| Total | 60 | 100%",
        "35%",
    ),
    "eth bad": (
        "Ethnicity | Number | % | White | 37 | 62% | Asian | 15 | 25% | Black | 6 | 10% | Dual | 2 | 3% "
        "| Total | 61 | 100%",
        "61",
    ),
    "income exp ok": (
        "Income | £ | YJB | 300,000 | Council | 500,250 | Total income | 800,250 | Expenditure | £ | "
        "Staff | 700,100 | Premises | 50,150 | Other | 50,000 | Total expenditure | 800,250",
        None,
    ),
    "income exp bad": (
        "Income | £ | YJB | 300,000 | Council | 500,250 | Total income | 800,250 | Expenditure | £ | "
        "Staff | 700,100 | Premises | 50,150 | Other | 50,000 | Total expenditure | 820,250",
        "820,250",
    ),
    "subtot ok": (
        "Agency | Cash | YJB | 300,000 | Council | 500,250 | Sub-total | 800,250 | Police | 30,000 | "
        "Health | 20,000 | Total | 850,250",
        None,
    ),
    "subtot ok2": (
        "Agency | Cash | YJB | 300,000 | Council | 500,250 | Sub total | 800,250 | Police | 30,000 | "
        "Health | 20,000 | Sub total | 50,000 | Grand Total | 850,250",
        None,
    ),
    "blanks bad": (
        "Agency | Staffing costs (£) | Payments in kind (£) | Other delegated funds (£) | Total (£) | "
        "Local Authority | 320,111 | 41,000 | 361,111 | Police | 45,210 | 45,210 | Probation | 22,800 | "
        "5,000 | 27,800 | Health | 38,450 | 38,450 | YJB grant | 298,777 | 298,777 | Total | 406,571 | "
        "41,000 | 303,777 | 771,348",
        "406,571",
    ),
    "blanks ok": (
        "Agency | Staffing costs (£) | Payments in kind (£) | Other delegated funds (£) | Total (£) | "
        "Local Authority | 320,111 | 41,000 | 361,111 | Police | 45,210 | 45,210 | Probation | 22,800 | "
        "5,000 | 27,800 | Health | 38,450 | 38,450 | YJB grant | 298,777 | 298,777 | Total | 426,571 | "
        "41,000 | 303,777 | 771,348",
        None,
    ),
    "remand ok": (
        "Year | Bed nights | Cost | 2016/17 | 312 | £68,900 | 2017/18 | 401 | £91,250 | 2018/19 | 150 | "
        "£30,450 | Total | 863 | £190,600",
        None,
    ),
    "staff sex ok": (
        "Ethnicity | Managers | Practitioners | Volunteers | Total | M | F | M | F | M | F | M | F | "
        "White | 1 | 2 | 5 | 9 | 2 | 7 | 8 | 18 | Black | 1 | 1 | 3 | 1 | 4 | Mixed | 1 | 1 | Total | 1 "
        "| 2 | 6 | 11 | 2 | 10 | 9 | 23",
        None,
    ),
    "rates by year": (
        "Rate of Custody | Apr 14-Mar 15 | Apr 15-Mar 16 | Northmoor | 0.45 | 0.46 | YOT Family | 0.43 "
        "| 0.41 | National | 0.44 | 0.41",
        None,
    ),
    "counts by year bad": (
        "Disposals | 2016/17 | 2017/18 | 2018/19 | Cautions | 40 | 35 | 30 | Referral orders | 50 | 44 "
        "| 41 | YRO | 22 | 20 | 25 | Custody | 5 | 7 | 3 | Total | 117 | 106 | 98",
        "98",
    ),
    "count by year ok": (
        "Disposals | 2016/17 | 2017/18 | 2018/19 | Cautions | 40 | 35 | 30 | Referral orders | 50 | 44 "
        "| 41 | YRO | 22 | 20 | 25 | Custody | 5 | 7 | 3 | Total | 117 | 106 | 99",
        None,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_loose_cells(name):
    cells, wrong = TABLES[name]
    found = check(read_text(cells.replace(" | ", "\n") + "\n")).findings
    assert len(found) == (wrong is not None)
    assert wrong is None or wrong in found[0].figures


def test_a_table_in_which_nothing_adds_up_is_said_to_be_not_recovered():
    cells = "Agency | Cash (£) | In kind (£) | Total (£) | Police | 1,250 | 7,000 | 9 | Health | 44,000 | 3 | 81 | "
    cells += "Council | 9,000 | 12 | 5 | Total | 500,000 | 20 | 17,000"
    result = check(read_text(cells.replace(" | ", "\n") + "\n"))
    assert result.findings == []
    (told,) = result.undecided
    assert told.figures == ("17,000",)
    assert "was not recovered" in told.message
