"""What is known of invented offences beside their core: charge, plea, place, code not known, the police's score.

Drawn from a stream of their own, for every offence before any is copied to a court's own service, so that both records
of one offence agree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from openyj.invented import names
from openyj.invented import offence_parameters as o
from openyj.invented.circumstances import only
from openyj.invented.draws import NO_DAY, Frame, words
from openyj.invented.lives import FIRST_TIER
from openyj.invented.places import Place
from openyj.tables.offence_codes import ACPO_2013, NPCC_2023, NPCC_2025


def details(
    rng: np.random.Generator, who: Frame, occasion: Frame, offence: Frame, places: Sequence[Place]
) -> dict[str, np.ndarray]:
    """The columns, one value an offence."""
    of = offence["occasion"]
    n = len(of)
    entered = {name: rng.random(n) >= share for name, share in o.NOT_ENTERED.value.items()}
    at_court = occasion["tier"][of] >= FIRST_TIER
    matrix, score = gravity(rng, occasion["tier"][of], occasion["arrest"][of], entered["gravity"])
    place = who["place"][occasion["person"][of]]
    spots = names.postcodes(rng, np.repeat(np.array([one.letters for one in places], dtype=object), o.SPOTS.value))
    where = place * o.SPOTS.value + rng.integers(0, o.SPOTS.value, n)
    heard = at_court & (occasion["first_hearing"][of] != NO_DAY)
    return {
        "charge": np.where(entered["charge"], charged(rng, occasion, of, at_court), NO_DAY),
        "plea": only(heard & entered["plea"], words(rng, o.PLEA.value, n)),
        "postcode": only(entered["postcode"], spots[where]),
        "code_unknown": only(
            (offence["cjs_code"] == None) & (rng.random(n) < o.CODE_NOT_KNOWN.value),  # noqa: E711
            np.full(n, True, dtype=object),
        ),
        "matrix": matrix,
        "gravity": score,
    }


def as_returned(occasion: Frame, offence: Frame) -> dict[str, np.ndarray]:
    """The columns without what follows a hearing or an arrest that has not been told of."""
    of = offence["occasion"]
    heard, arrested = occasion["first_hearing"][of] != NO_DAY, occasion["arrest"][of] != NO_DAY
    return {
        "charge": np.where(heard, offence["charge"], NO_DAY),
        "plea": only(heard, offence["plea"]),
        "matrix": only(arrested, offence["matrix"]),
        "gravity": only(arrested, offence["gravity"]),
    }


def charged(rng: np.random.Generator, occasion: Frame, of: np.ndarray, at_court: np.ndarray) -> np.ndarray:
    """The day of the charge of what went to court: on or after the arrest, on or before the first hearing. One charge
    for all offences of an occasion."""
    n = len(occasion["arrest"])
    share = np.where(rng.random(n) < o.CHARGED_AT_ONCE.value, 0.0, rng.random(n))
    arrest, first = occasion["arrest"], occasion["first_hearing"]
    known = (arrest != NO_DAY) & (first != NO_DAY)
    day = np.where(known, arrest + np.floor(share * np.where(known, first - arrest, 0)).astype(np.int64), NO_DAY)
    return np.where(at_court, day[of], NO_DAY)


def gravity(
    rng: np.random.Generator, tier: np.ndarray, arrest: np.ndarray, entered: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The edition in use on the day of arrest, and the score by it."""
    second, third = o.EDITIONS_FROM.value
    edition = np.select([arrest >= third, arrest >= second], [NPCC_2025, NPCC_2023], ACPO_2013).astype(object)
    score = np.full(len(tier), None, dtype=object)
    for number, weighted in o.GRAVITY.value.items():
        rows = np.flatnonzero(tier == number)
        score[rows] = words(rng, weighted, len(rows))
    four = (edition == ACPO_2013) & (score == 5)
    score[four] = 4
    scored = entered & (arrest != NO_DAY)
    return only(scored, edition), only(scored, score)
