"""How the sign-in library behaves here: accounts are made by an administrator, and access ends on its day."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_login(self, request, user, **kwargs):
        """Refuse a leaver with the same words as a wrong password: sign-in tells nobody who works here."""
        if not user.may_sign_in:
            raise ValidationError(self.error_messages["email_password_mismatch"])
        return super().pre_login(request, user, **kwargs)
