"""The forms of sign-in, and of the users, teams and localities an administrator manages."""

from __future__ import annotations

from allauth.account import forms as library
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db.models import Q

from openyj.accounts.models import Locality, Service, Team, User
from openyj.accounts.roles import roles_at
from openyj.core import clock
from openyj.core.forms import DateField, Form
from openyj.core.forms import instruct as put_instructions


class PlainWords:
    """A form of the sign-in library with this site's labels and instructions, without its placeholders."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            put_instructions(field, field.label)


class SignInForm(PlainWords, library.LoginForm):
    """Sign in with the e-mail address and password of a member of staff. `?as=` fills the address in: the demo's first
    page links to each of its people so."""

    labels = {"login": "E-mail address", "password": "Password"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].initial = self.request.GET.get("as", "") if self.request else ""
        self.fields["login"].error_messages["required"] = "Enter your e-mail address"
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields.pop("remember", None)


def password_rules() -> str:
    """The rules a password is checked by, in one hint."""
    return " ".join(str(text) for text in password_validators_help_texts())


class SetPasswordForm(PlainWords, library.ResetPasswordKeyForm):
    """Set a password by the link an administrator handed out."""

    labels = {"password1": "New password", "password2": "New password again"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()


class ChangePasswordForm(PlainWords, library.ChangePasswordForm):
    """Change one's own password."""

    labels = {
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "New password again",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()


class ReauthenticateForm(PlainWords, library.ReauthenticateForm):
    """Type one's password again before something that matters."""

    labels = {"password": "Your password"}


class HandBackForm(Form):
    """Give a handed-over device back. `throw_away` is ticked where the page found answers that were not sent."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),  # else the browser offers it to the child
        error_messages={"required": "Type your password"},
    )
    throw_away = forms.BooleanField(label="Throw these answers away", required=False)


class LinkForm(library.UserTokenForm):
    """A link to set a password. A leaver's is refused like one that was never made."""

    def clean(self):
        cleaned = super().clean()
        if self.reset_user is not None and not self.reset_user.may_sign_in:
            raise ValidationError("This link does not work any more.")
        return cleaned


class UserForm(Form):
    """A person of the staff, the board or an inspectorate."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it. Nothing is sent to it.",
        error_messages={"required": "Enter their e-mail address"},
    )
    role = forms.ChoiceField(
        label="Role",
        widget=forms.RadioSelect,
        error_messages={"required": "Select their role"},
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Team", required=False, empty_label="No team")
    expires_on = DateField(
        label="Last day of access",
        required=False,
        help_text="For somebody who is here for a time, such as an inspector. Leave empty if they stay.",
    )

    def __init__(self, *args, service: Service, user: User | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["role"].choices = [
            (r.name, f"{r.label}: {r.about[0].lower()}{r.about[1:]}") for r in roles_at(service.oversees)
        ]
        own = Q(pk=user.team_id) if user and user.team_id else Q(pk__in=[])
        self.fields["team"].queryset = Team.objects.filter(Q(closed_on=None) | own, service=service)

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and day < clock.today() and not (self.user and self.user.expires_on == day):
            raise ValidationError("Last day of access must be today or later. To end it now, use “They have left”.")
        return day

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class ConfirmForm(Form):
    """Nothing to type: only a button, with the version that was seen."""


class PlaceForm(Form):
    """A new team or locality."""

    name = forms.CharField(label="Name", max_length=80)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class ChangePlaceForm(PlaceForm):
    """A team's or locality's name and last day."""

    closed_on = DateField(
        label="Last day",
        required=False,
        when="today or past",
        help_text="Leave empty while it is in use. After this day nobody can be put into it; what is in it stays.",
    )


def user_values(user: User) -> dict[str, object]:
    """A user as the fields of `UserForm`."""
    return {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "team": user.team,
        "expires_on": user.expires_on,
    }


def place_values(place: Team | Locality) -> dict[str, object]:
    """A team or locality as the fields of `ChangePlaceForm`."""
    return {"name": place.name, "closed_on": place.closed_on}
