"""Every number that shapes the invented country and no single service, each with where it comes from.

The published figures are of England and Wales, from Youth Justice Statistics (Youth Justice Board and Ministry of
Justice, a bulletin each January), rounded as there. A year is named by its last month.
"""

from __future__ import annotations

from datetime import date

from openyj.invented.parameters import INVENTED, Given

STATISTICS = "Youth Justice Statistics, bulletin"

# --- published totals --------------------------------------------------------------------------------
# (last day of the twelve months, how many, source)

FIRST_TIME_ENTRANTS = Given(
    (
        (date(2016, 3, 31), 18_500, f"{STATISTICS} 2016/17: 16,500 after a fall of 11% (worked back)"),
        (date(2017, 3, 31), 16_500, f"{STATISTICS} 2016/17, 25 January 2018"),
        (date(2018, 3, 31), 14_500, f"{STATISTICS} 2018/19: 11,900 after a fall of 18% (worked back)"),
        (date(2019, 3, 31), 11_900, f"{STATISTICS} 2018/19, 30 January 2020"),
        (date(2019, 12, 31), 11_100, f"{STATISTICS} 2019/20, 28 January 2021"),
        (date(2021, 3, 31), 8_800, f"{STATISTICS} 2020/21, 27 January 2022"),
        (date(2022, 3, 31), 8_000, f"{STATISTICS} 2021/22"),
        (date(2022, 12, 31), 8_400, f"{STATISTICS} 2022/23, 25 January 2024 (just under)"),
        (date(2023, 12, 31), 8_300, f"{STATISTICS} 2023/24 (just under)"),
        (date(2024, 12, 31), 8_100, f"{STATISTICS} 2024/25, 29 January 2026 (just over)"),
    ),
    STATISTICS + "s as named in each row; before the first and after the last the series is invented",
)
CAUTIONED_OR_SENTENCED = Given(
    (
        (date(2017, 3, 31), 28_400, f"{STATISTICS} 2016/17, 25 January 2018"),
        (date(2018, 3, 31), 26_800, f"{STATISTICS} 2018/19: 21,700 after a fall of 19% (worked back)"),
        (date(2019, 3, 31), 21_700, f"{STATISTICS} 2018/19, 30 January 2020"),
        (date(2020, 3, 31), 19_000, f"{STATISTICS} 2019/20, 28 January 2021"),
        (date(2021, 3, 31), 15_800, f"{STATISTICS} 2020/21, 27 January 2022"),
        (date(2022, 3, 31), 13_800, f"{STATISTICS} 2021/22"),
        (date(2023, 3, 31), 13_743, "Youth Justice Board on the bulletin 2022/23, 25 January 2024"),
    ),
    STATISTICS + "s as named in each row; later years not found in a readable source",
)

CUSTODIAL_SENTENCES = Given(
    (
        (date(2017, 3, 31), 1_600, f"{STATISTICS} 2016/17, as reported in February 2018"),
        (date(2023, 3, 31), 546, f"{STATISTICS} 2022/23, as reported in January 2025"),
        (date(2024, 3, 31), 660, f"{STATISTICS} 2023/24, as reported in January 2025"),
    ),
    STATISTICS + "s as named in each row; for the years between not found in a readable source",
)

# --- how the lives are drawn to meet them ------------------------------------------------------------

EARLIER_FALL = Given(0.89, f"{STATISTICS} 2016/17: a fall of 11% a year, taken for the years before as well")
ENTRY_TO_FIRST_OUTCOME = Given(110, "invented; days from a first event to its outcome in these lives, about")
ENTRANTS_PER_ENTRY = Given(0.936, "invented; tuned so that the measured first time entrants are near the published")
LADDER_STEPS = Given(
    (0.12, 1.5, 2.57),
    "invented; as of one service, the last tuned so that custodial sentences are near the published",
)
YEARS_KNOWN_BEFORE = Given(5, "invented; children first met that long before the window may still be known in it")

# --- where -------------------------------------------------------------------------------------------

SERVICES = Given(157, "invented; about the number of youth justice services of England and Wales")
YEARS = Given(10, INVENTED)
RESIDENTS = Given(
    (2024, 5_800_000),
    "invented; 8,100 entrants in 2024 at about 139 per 100,000, the mean of the regions' rates: "
    "national_comparators_england.csv",
)
RESIDENTS_GROW = Given(0.012, "invented; a year, as a share of the latest year's")
# region -> (services, share of residents, first time entrants per 100,000 over the years 2017 to 2024)
REGIONS = Given(
    {
        "North East": (11, 0.043, 220),
        "North West": (22, 0.128, 191),
        "Yorkshire and the Humber": (13, 0.096, 207),
        "East Midlands": (10, 0.080, 182),
        "West Midlands": (13, 0.108, 200),
        "East of England": (10, 0.108, 164),
        "London": (29, 0.150, 228),
        "South East": (17, 0.158, 157),
        "South West": (15, 0.089, 176),
        "Wales": (17, 0.050, 175),
    },
    "services: in proportion to the authorities of each region in dfe_la_numbers.csv, Wales invented; rates: the mean "
    "of each region's published yearly rates in national_comparators_england.csv, Wales invented; shares invented",
)
SIZES = Given(0.70, "invented; spread (sigma of a lognormal) of the services' residents: a few are very large")
RATES_DIFFER = Given(0.28, "invented; spread of the services' rates about their region's")

# --- recorded twice, and late ------------------------------------------------------------------------

RECORDED_TWICE = Given(0.03, "invented; children whose later occasions may stand on a second record of the service")
SECOND_RECORD_LINKED = Given((("person", 0.45), ("id", 0.30), ("nothing", 0.25)), INVENTED)
MOVED_UNLINKED = Given(0.15, "invented; of moved children whose id was not kept, those entered as a new person")
COURT_RESIDENCE_NOT_RECORDED = Given(
    0.08, "invented; children seen in another service's court, of whom that service does not say where they lived"
)
LATE_RETURNS = Given(
    (("two quarters missing", 0.01), ("last quarter missing", 0.03), ("last weeks missing", 0.06)),
    "invented; shares of services, at least one of each",
)
LAST_WEEKS = Given(45, "invented; days at the end of the last quarter of which such a service has not told")
