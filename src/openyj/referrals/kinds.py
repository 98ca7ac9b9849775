"""What an administrator does to the words a referral is described with. A word is never taken away: it ends."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from openyj.accounts.models import User
from openyj.accounts.scope import acting
from openyj.accounts.versions import save_version
from openyj.core.dates import say_date
from openyj.referrals.models import ReferralKind


def add_kind(*, by: User, listed: str, label: str, valid_from: date) -> ReferralKind:
    """A word of a list from a day on. Refuses one that is there, whatever its capitals."""
    code = slugify(label)[:40]
    with acting(by=by):
        rows = ReferralKind.objects.of(listed)
        if not code or rows.filter(code=code).exists() or rows.filter(label__iexact=label).exists():
            raise ValidationError("This list has that word already, or one very like it. Enter another.", "label")
        return ReferralKind.objects.create(listed=listed, code=code, label=label, valid_from=valid_from)


def end_kind(*, kind: ReferralKind, version: int, by: User, valid_to: date | None) -> ReferralKind:
    """The last day a word can be chosen; None lets it go on. Raises ChangedUnderneath."""
    if valid_to and valid_to < kind.valid_from:
        raise ValidationError(f"It began on {say_date(kind.valid_from)} and cannot end before.", "valid_to")
    with acting(by=by):
        return save_version(kind, version=version, changes={"valid_to": valid_to})
