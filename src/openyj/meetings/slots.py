"""What upper rooms say on a meeting's page. Registered in their AppConfig.ready."""

from __future__ import annotations

from collections.abc import Callable

from openyj.accounts.models import User
from openyj.core.components import Link
from openyj.core.slots import Slot
from openyj.meetings.models import Meeting

# A link to what belongs to a meeting and is made in a room above; None where this person has none.
beside_meeting: Slot[Callable[[User, Meeting], Link | None]] = Slot("beside a meeting")
