"""Case-level tables that stand beside the record in a national snapshot: of services that are not on this site.

Kept apart from the build, so that a site that starts does not load what only a build needs.
"""

from __future__ import annotations

from collections.abc import Callable

from openyj.core.slots import Slot
from openyj.tables import CaseTables

BESIDE: Slot[Callable[[], CaseTables]] = Slot("tables beside the record")
