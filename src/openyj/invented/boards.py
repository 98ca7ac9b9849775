"""Who came to the invented services' management boards. In the shape of the case-level table; no person is in it.

Drawn apart from the lives, with numbers of its own: more or fewer children change no meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from openyj.invented.draws import day_number, words
from openyj.invented.parameters import Given
from openyj.invented.places import Place
from openyj.tables.contents import BY_NAME

MEETINGS_A_QUARTER = Given(((0, 0.03), (1, 0.89), (2, 0.08)), "invented; most boards meet each quarter")
CANCELLED = Given(0.04, "invented")
# sector -> how often a senior partner comes
SENIOR = Given(
    {
        "SOCIAL_CARE": 0.93,
        "EDUCATION": 0.66,
        "POLICE": 0.86,
        "PROBATION": 0.78,
        "HEALTH": 0.70,
        "OTHER": 0.55,
    },
    "invented; plans and inspections most often name education and health as missing",
)
SERVICES_DIFFER = Given(0.12, "invented; spread of the services' attendance about these")
DELEGATE = Given((0.62, 0.07), "invented; without a senior partner, and beside one")
NEW_PARTNER = Given(0.06, "invented; of those who came")
LENGTH_OF_QUARTER = 90


def board_attendance(seed: int, places: Sequence[Place], start: date, until: date) -> pa.Table:
    """A row for each sector at each meeting from the quarter of ``start`` to ``until``."""
    rng = np.random.default_rng([seed, 8])
    quarters = quarter_starts(start, until)
    often = np.clip(rng.normal(0, SERVICES_DIFFER.value, len(places)), -0.4, 0.2)
    number = words(rng, MEETINGS_A_QUARTER.value, len(places) * len(quarters)).astype(np.int64)
    place = np.repeat(np.repeat(np.arange(len(places)), len(quarters)), number)
    begins = np.repeat(np.tile(quarters, len(places)), number)
    day = on_a_weekday(begins + rng.integers(10, LENGTH_OF_QUARTER - 5, len(begins)))
    order = np.lexsort((day, place))
    place, day = place[order], day[order]
    place, day = place[day <= day_number(until)], day[day <= day_number(until)]
    first = np.searchsorted(place, place)
    held = rng.random(len(day)) >= CANCELLED.value

    sectors = list(SENIOR.value)
    chance = np.array(list(SENIOR.value.values())) + often[place][:, None]
    came = held[:, None]
    senior = (rng.random(chance.shape) < np.clip(chance, 0.05, 0.99)) & came
    alone, beside = DELEGATE.value
    delegate = (rng.random(chance.shape) < np.where(senior, beside, alone)) & came
    new = rng.random(chance.shape) < NEW_PARTNER.value
    some = senior | delegate
    codes = np.array([one.service for one in places], dtype=object)
    each = len(sectors)
    columns = {
        "service": pa.array(np.repeat(codes[place], each), pa.string()),
        "meeting_id": pa.array(np.repeat(np.arange(len(day)) - first + 1, each)),
        "sector": pa.array(sectors * len(day), pa.string()),
        "meeting_date": pa.array(np.repeat(day, each).astype(np.int32)).cast(pa.date32()),
        "held": pa.array(np.repeat(held, each)),
        "senior_attended": pa.array(senior.ravel()),
        "delegate_attended": pa.array(delegate.ravel()),
        "new_partner": pa.array(new.ravel(), mask=~some.ravel()),
    }
    return pa.table(columns, schema=BY_NAME["board_attendance"].schema())


def quarter_starts(start: date, until: date) -> np.ndarray:
    """The first days of the quarters from that of one day to that of another."""
    first, last = (day.year * 4 + (day.month - 1) // 3 for day in (start, until))
    months = np.arange(first, last + 1) * 3 - 1970 * 12
    return months.astype("M8[M]").astype("M8[D]").astype(np.int64)


def on_a_weekday(day: np.ndarray) -> np.ndarray:
    """A Saturday or Sunday becomes the Friday before. 1 January 1970 was a Thursday."""
    weekday = (day + 3) % 7
    return day - np.maximum(weekday - 4, 0)
