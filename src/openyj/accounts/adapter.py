"""How the sign-in library behaves here: accounts are made by an administrator, access ends on its day, and a lock says
when it opens."""

from __future__ import annotations

import time
from datetime import datetime
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from openyj.core.clock import LONDON

FAILED = {"app": "allauth.account", "action": "login_failed"}


class LockedOut(Exception):
    """Too many wrong passwords for this address or from this machine. `until` is when the next try is taken."""

    def __init__(self, until: datetime):
        super().__init__(f"Locked until {until:%H:%M}")
        self.until = until


class StaffAdapter(DefaultAccountAdapter):
    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "enter_current_password": "This is not your password now. Type it again.",
        "incorrect_password": "This is not your password. Type it again.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Count a try, and refuse it when there were too many. Raises LockedOut."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise LockedOut(self.locked_until(request, **credentials)) from None

    def authenticate(self, request: HttpRequest, **credentials):
        """The person, or None for a wrong password and for whoever may not sign in: the two look the same.

        The library takes a counted try back when the password is right; for a leaver it is counted again, or else a
        right password would show by never being locked out.
        """
        user = super().authenticate(request, **credentials)
        if user is None or user.may_sign_in:
            return user
        self.pre_authenticate(request, **credentials)
        if user.is_active:  # otherwise Django has refused, and said so, already
            user_login_failed.send(sender=type(self), credentials={}, request=request)
        return None

    def locked_until(self, request: HttpRequest, **credentials) -> datetime:
        """When the oldest try that still counts will not count any more, by every limit that is reached."""
        address = self._get_login_attempts_cache_key(request, **credentials)
        ends = [time.time() + 1]
        for rate in ratelimit.get_rates(**FAILED):
            key = ratelimit.get_cache_key(request, **FAILED, rate=rate, key=address)
            tries = cache.get(key, [])  # newest first
            if len(tries) >= rate.amount:
                ends.append(tries[rate.amount - 1] + rate.duration)
        return datetime.fromtimestamp(max(ends), LONDON)
