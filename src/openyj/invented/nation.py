"""What a country has that one service has not: children recorded twice, and returns that come late.

Each function changes the frames of ``lives`` and ``records`` before they are written down as tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from openyj.invented import country_parameters as c
from openyj.invented.draws import NO_DAY, Frame, places_in_group, stacked, taken, words
from openyj.invented.lives import Course
from openyj.invented.records import ARRIVED, HOME, HOST

DUPLICATE = 3  # beside HOME, ARRIVED and HOST of ``records``


@dataclass(frozen=True)
class Nation:
    """``returned_until`` is, for each place, the last day of which its returns tell."""

    course: Course
    returned_until: np.ndarray


def still_known(who: Frame, occasion: Frame, start: int) -> tuple[Frame, Frame]:
    """Only the children of whom something was decided, or is still to be, since the window began.

    A child known before is kept with everything that came before, or their next outcome would look like a first."""
    person = occasion["person"]
    kept = np.zeros(len(who["entry"]), dtype=bool)
    kept[person[(occasion["decided"] >= start) | (occasion["decided"] == NO_DAY)]] = True
    number = np.cumsum(kept) - 1
    occasion = taken(occasion, np.flatnonzero(kept[person]))
    occasion["person"] = number[occasion["person"]]
    return taken(who, np.flatnonzero(kept)), occasion


def recorded_twice(rng: np.random.Generator, record: Frame, occasion: Frame) -> Frame:
    """Some children's later occasions stand on a second record of the same service. Sets the occasion's record."""
    at_home = record["kind"][occasion["record"]] == HOME
    later = at_home & (places_in_group(occasion["person"]) > 0) & (occasion["breach_of"] < 0)
    chosen = rng.random(int(occasion["person"].max(initial=-1)) + 1) < c.RECORDED_TWICE.value
    rows = np.flatnonzero(later & chosen[occasion["person"]])
    persons, first, nth = np.unique(occasion["person"][rows], return_index=True, return_inverse=True)
    second = {
        "person": persons,
        "place": record["place"][persons],
        "kind": np.full(len(persons), DUPLICATE),
        "from": occasion["day"][rows[first]],
        "to": record["to"][persons],
        "origin": persons,
    }
    occasion["record"][rows] = len(record["person"]) + nth
    return stacked([record, second])


def number_strangers(rng: np.random.Generator, record: Frame) -> None:
    """Give second records their person's number, or one of their own: found by the id, or not to be found.

    What ``number_persons`` did for those who moved is kept; some of them, whose id was not, become strangers."""
    second = np.flatnonzero(record["kind"] == DUPLICATE)
    linked = words(rng, c.SECOND_RECORD_LINKED.value, len(second))
    record["told"][second[linked == "id"]] = "kept"
    arrived = np.flatnonzero((record["kind"] == ARRIVED) & (record["told"] != "kept"))
    strangers = arrived[rng.random(len(arrived)) < c.MOVED_UNLINKED.value]
    apart = np.r_[second[linked != "person"], strangers]
    record["number"][apart] = record["number"].max(initial=0) + 1 + np.arange(len(apart))


def not_said_to_live_elsewhere(rng: np.random.Generator, record: Frame, occasion: Frame) -> None:
    """Some courts' services do not record that the child lives elsewhere: the decision counts for two services."""
    forgetful = (record["kind"] == HOST) & (rng.random(len(record["kind"])) < c.COURT_RESIDENCE_NOT_RECORDED.value)
    occasion["residence"][forgetful[occasion["record"]]] = None


def returned(
    record: Frame, occasion: Frame, offence: Frame, programme: Frame, transfer: Frame, until: np.ndarray
) -> tuple[Frame, Frame, Frame, np.ndarray]:
    """Take out what happened after the last day each place has returned, as if it were still to come.

    The offences, programmes and transfers that are left, and how many decided offences each place has not told of.
    Changes ``occasion``; sets the record's ``known``."""
    last = until[record["place"]]
    of = last[occasion["record"]]
    late = (occasion["decided"] > of)[offence["occasion"]]
    where = record["place"][occasion["record"][offence["occasion"][late]]]
    for name in ("arrest", "first_hearing", "decided"):
        occasion[name] = np.where(occasion[name] > of, NO_DAY, occasion[name])
    not_yet = occasion["appeal_day"] > of
    occasion["appeal"][not_yet] = None
    occasion["appeal_day"][not_yet] = NO_DAY

    begun = programme["start"] <= of[programme["occasion"]]
    number = np.r_[np.where(begun, np.cumsum(begun) - 1, -1), -1]  # -1, no programme, finds the last
    occasion["breach_of"] = number[occasion["breach_of"]]
    programme = taken(programme, np.flatnonzero(begun))
    goes_on = programme["end"] > of[programme["occasion"]]
    programme["end"][goes_on] = NO_DAY
    programme["completed"][goes_on] = None

    happened = occasion["day"] <= of
    known = (record["kind"] == ARRIVED) & (record["from"] <= last)
    known[occasion["record"][happened]] = True
    record["known"] = known
    record["to"] = np.minimum(record["to"], last)
    told = known[transfer["record"]] & (transfer["day"] <= last[transfer["record"]])
    return (
        taken(offence, np.flatnonzero(happened[offence["occasion"]])),
        programme,
        taken(transfer, np.flatnonzero(told)),
        np.bincount(where, minlength=len(until)),
    )
