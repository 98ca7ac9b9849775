"""Police bail of invented children: from arrest to charge or decision, and from charge to the first hearing.

Drawn from a stream of its own, once an occasion; a court's own service knows nothing of it.
"""

from __future__ import annotations

import numpy as np

from openyj.invented import offence_parameters as o
from openyj.invented.draws import NO_DAY, Frame, stacked, taken, words
from openyj.invented.lives import FIRST_TIER
from openyj.invented.records import HOST
from openyj.tables.offence_codes import AFTER_CHARGE


def police_bail(rng: np.random.Generator, record: Frame, occasion: Frame, offence: Frame) -> Frame:
    """One row an episode: its ``occasion`` and ``record``, how the child was released, first and last day."""
    n = len(occasion["person"])
    charge = np.full(n, NO_DAY)
    main = np.flatnonzero(offence["main"])
    charge[offence["occasion"][main]] = offence["charge"][main]
    ours = (record["kind"][occasion["record"]] != HOST) & (occasion["breach_of"] < 0) & (occasion["arrest"] != NO_DAY)
    at_court = occasion["tier"] >= FIRST_TIER
    settled = np.where(charge != NO_DAY, charge, np.where(at_court, occasion["first_hearing"], occasion["decided"]))
    before = {
        "occasion": np.arange(n),
        "status": words(rng, o.RELEASED.value, n),
        "start": occasion["arrest"],
        "end": settled,
    }
    after = {
        "occasion": np.arange(n),
        "status": words(rng, ((AFTER_CHARGE, o.BAILED_TO_COURT.value), (None, 1 - o.BAILED_TO_COURT.value)), n),
        "start": charge,
        "end": occasion["first_hearing"],
    }
    begun = (before["status"] != None) & ours & (settled != occasion["arrest"])  # noqa: E711
    bailed = (after["status"] != None) & ours & (charge != NO_DAY) & (charge < occasion["first_hearing"])  # noqa: E711
    frame = stacked([taken(before, np.flatnonzero(begun)), taken(after, np.flatnonzero(bailed))])
    return frame | {"record": occasion["record"][frame["occasion"]]}
