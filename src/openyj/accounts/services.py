"""What an administrator does to the users, teams and localities of their own service.

A refusal is a ValidationError whose code names the field it is about. The database's history says who did what.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from openyj.accounts.models import Locality, Service, Team, User
from openyj.accounts.roles import roles_at
from openyj.accounts.versions import save_version
from openyj.core import clock

ADMINISTRATOR = "administrator"


def refused(message: str, field: str = "") -> ValidationError:
    return ValidationError(message, code=field or None)


@transaction.atomic
def add_user(*, by: User, name: str, email: str, role: str, team: Team | None, expires_on: date | None) -> User:
    """A person of `by`'s service. They cannot sign in until they set a password by their link."""
    email = email.lower()
    if User.objects.filter(email=email).exists():
        raise address_taken()
    refuse_role_elsewhere(role, by)
    return User.objects.create_user(
        email, name=name, role=role, team=of_service(team, by), service=by.service, expires_on=expires_on
    )


@transaction.atomic
def change_user(
    *, user: User, by: User, version: int, name: str, email: str, role: str, team: Team | None, expires_on: date | None
) -> User:
    """The same person, changed. Refuses one's own role or last day, and leaving a service without administrator."""
    email = email.lower()
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise address_taken()
    if user.pk == by.pk and (role, expires_on) != (user.role, user.expires_on):
        field = "role" if role != user.role else "expires_on"
        raise refused("You cannot change your own role or last day. Ask another administrator to.", field)
    refuse_role_elsewhere(role, by)
    if role != ADMINISTRATOR or expires_on is not None:
        keep_an_administrator(user)
    changes = {"name": name, "email": email, "role": role, "team": of_service(team, by), "expires_on": expires_on}
    return save_version(user, version=version, changes=changes)


def refuse_role_elsewhere(role: str, by: User) -> None:
    """A service has no national users, and a body that oversees services no practitioners."""
    if role not in {each.name for each in roles_at(by.service.oversees)}:
        raise refused(f"Nobody at {by.service.name} can have this role.", "role")


@transaction.atomic
def end_access(*, user: User, by: User, version: int) -> User:
    """A leaver: refused from this moment, sessions and links to set a password included."""
    if user.pk == by.pk:
        raise refused("You cannot end your own access. Ask another administrator to.")
    keep_an_administrator(user)
    # Without the password every session and link that rests on it is void, also if the person is let back in.
    return save_version(user, version=version, changes={"is_active": False, "password": make_password(None)})


@transaction.atomic
def let_back_in(*, user: User, by: User, version: int) -> User:
    """A leaver who comes back, or was marked by mistake. They need a new link to set a password."""
    changes = {"is_active": True}
    if user.expires_on and user.expires_on < clock.today():
        changes["expires_on"] = None
    return save_version(user, version=version, changes=changes)


def password_link(user: User) -> tuple[str, datetime]:
    """The address at which `user` sets a password, once, and until when it works. Whoever has it can become them."""
    if not user.may_sign_in:
        raise refused(f"{user.name} may not sign in, so a link would not work. Let them back in first.")
    key = default_token_generator.make_token(user)
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return address, clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def keep_an_administrator(user: User) -> None:
    """Refuse when no lasting administrator would be left. Asked one at a time, so that two cannot remove each other."""
    if user.role != ADMINISTRATOR:
        return
    Service.objects.select_for_update().get(pk=user.service_id)
    others = User.objects.working_at(user.service_id).filter(role=ADMINISTRATOR, expires_on=None).exclude(pk=user.pk)
    if not others.exists():
        raise refused(
            f"{user.name} is the only administrator whose access does not end. Make another one first.", "role"
        )


def of_service(team: Team | None, by: User) -> Team | None:
    if team is not None and team.service_id != by.service_id:
        raise refused("Select a team of your service.", "team")
    return team


def address_taken() -> ValidationError:
    return refused("Somebody already signs in with this e-mail address. Enter another one.", "email")


@transaction.atomic
def add_place(*, model: type[Team | Locality], by: User, name: str) -> Team | Locality:
    """A team or a locality of `by`'s service."""
    name_is_free(model, by.service_id, name)
    return model.objects.create(service_id=by.service_id, name=name)


@transaction.atomic
def change_place(
    *, place: Team | Locality, by: User, version: int, name: str, closed_on: date | None
) -> Team | Locality:
    """The same team or locality with another name or last day. A team with people in it cannot be closed."""
    name_is_free(type(place), place.service_id, name, but=place.pk)
    if closed_on and not place.closed_on and isinstance(place, Team):
        inside = place.members.working_at(place.service_id).count()
        if inside:
            people = "1 person is" if inside == 1 else f"{inside} people are"
            raise refused(f"{people} still in this team. Move them to another team first.", "closed_on")
    return save_version(place, version=version, changes={"name": name, "closed_on": closed_on})


def name_is_free(model: type[Team | Locality], service: int, name: str, but: int | None = None) -> None:
    if model.objects.filter(service=service, name__iexact=name).exclude(pk=but).exists():
        raise refused("There is one of this name already. Enter another name.", "name")
