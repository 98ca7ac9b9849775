"""The administrator's pages of users."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openyj.accounts import services
from openyj.accounts.access import access, log, signed_in
from openyj.accounts.form_pages import form_page, open_form
from openyj.accounts.forms import ConfirmForm, UserForm, user_values
from openyj.accounts.models import Access, Team, User
from openyj.accounts.role_words import sentences
from openyj.accounts.roles import ROLES, Permission, roles_at
from openyj.accounts.selectors import STATES, changes_of, in_state, state_of
from openyj.accounts.slots import account_lines, held_by
from openyj.core.components import Link, Row
from openyj.core.dates import say_date, say_datetime
from openyj.core.listing import Column, Filter, Listing

MANAGE = Permission.MANAGE_USERS


def get_user(request: HttpRequest, user_id: int) -> User:
    """A user of the administrator's own service; another service's is not found."""
    mine = User.objects.filter(service=request.user.service_id).select_related("team", "service")
    return get_object_or_404(mine, pk=user_id)


@access(MANAGE)
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who has or had access to this service."""
    service = request.user.service
    teams = Team.objects.filter(service=service)
    listing = Listing(
        request,
        User.objects.filter(service=service).select_related("team"),
        title="Users",
        columns=[
            Column("name", "Name", sort="name", link=lambda u: reverse("accounts:user", args=[u.pk])),
            Column("email", "E-mail address", sort="email"),
            Column("role", "Role", value=lambda u: u.as_role.label, sort="role"),
            Column("team", "Team", value=lambda u: u.team.name if u.team else "", sort="team__name"),
            Column("state", "Can sign in?", value=state_of),
            Column(
                "last_login",
                "Last sign-in",
                value=lambda u: say_datetime(u.last_login) if u.last_login else "Never",
                sort="last_login",
                export=lambda u: u.last_login,
            ),
            Column("expires_on", "Last day", value=lambda u: say_date(u.expires_on), sort="expires_on"),
        ],
        filters=[
            Filter("state", forms.ChoiceField(label="Can sign in?", choices=[("", "All"), *STATES]), apply=in_state),
            Filter(
                "role",
                forms.ChoiceField(
                    label="Role",
                    choices=[("", "All"), *((r.name, r.label) for r in roles_at(service.oversees))],
                ),
            ),
            Filter("team", forms.ModelChoiceField(teams, label="Team", empty_label="All")),
        ],
        sort="name",
        on_export=lambda _listing: log(request, Access.Kind.EXPORT),
        empty="There are no users yet. Add the first one.",
    )
    if response := listing.response():
        return response
    return render(request, "accounts/users.html", {"listing": listing, "here": "users"})


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def add_user(request: HttpRequest) -> HttpResponse:
    """Add a person. The next page makes their link to set a password."""
    form = open_form(request, UserForm, service=request.user.service)
    return form_page(
        request,
        form,
        save=lambda: address_of(services.add_user(by=request.user, **form.cleaned_data)),
        title="Add a user",
        back=reverse("accounts:users"),
        button="Add this user",
        saying="They are added. They cannot sign in yet: make a link for them to set a password.",
    )


def address_of(user: User) -> str:
    return reverse("accounts:user", args=[user.pk])


@access(MANAGE)
@require_safe
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: what they are, whether they can sign in, what was changed, and what can be done."""
    return user_page(request, get_user(request, user_id))


def user_page(request: HttpRequest, found: User, status: int = 200, **context: object) -> HttpResponse:
    change = reverse("accounts:change_user", args=[found.pk])
    rows = [
        Row("Name", found.name, [Link("Change", change, "name")]),
        Row("E-mail address", found.email),
        Row("Role", f"{found.as_role.label}: {found.as_role.about}", [Link("Change", change, "role")]),
        Row("Team", found.team.name if found.team else "No team"),
        Row("Can sign in?", state_of(found).text),
        Row("Last day of access", say_date(found.expires_on) or "None set"),
        Row("Last sign-in", say_datetime(found.last_login) if found.last_login else "Never"),
    ]
    context |= {
        "person": found,
        "rows": rows,
        "changes": changes_of(found),
        "back": reverse("accounts:users"),
        "is_me": found.pk == request.user.pk,
    }
    return render(request, "accounts/user.html", context, status=status)


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def change_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change a person's name, address, role, team or last day."""
    found = get_user(request, user_id)
    form = open_form(
        request,
        UserForm,
        service=request.user.service,
        user=found,
        version=found.version,
        initial=user_values(found),
    )
    return form_page(
        request,
        form,
        save=lambda: address_of(
            services.change_user(user=found, by=request.user, version=form.version, **form.cleaned_data)
        ),
        now=user_values,
        title=f"Change {found.name}",
        back=address_of(found),
        saying="The change is saved. It holds from their next page.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def end_access(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody leaves: say what they leave behind, then end their access at once."""
    found = get_user(request, user_id)
    form = open_form(request, ConfirmForm, version=found.version)
    left = held_by(found)
    return form_page(
        request,
        form,
        save=lambda: address_of(services.end_access(user=found, by=request.user, version=form.version)),
        now=user_values,
        title=f"{found.name} has left",
        back=address_of(found),
        button="End their access now",
        dangerous=True,
        intro="They are signed out wherever they are signed in, and cannot sign in again. What they recorded stays.",
        warning=f"{found.name} still has {' and '.join(map(str, left))}. Give them to somebody else." if left else "",
        saying=f"{found.name} has no access any more.",
    )


@access(MANAGE)
@require_http_methods(["GET", "POST"])
def let_back_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Somebody comes back, or was marked as a leaver by mistake."""
    found = get_user(request, user_id)
    form = open_form(request, ConfirmForm, version=found.version)
    return form_page(
        request,
        form,
        save=lambda: address_of(services.let_back_in(user=found, by=request.user, version=form.version)),
        now=user_values,
        title=f"Let {found.name} back in",
        back=address_of(found),
        button="Let them back in",
        intro="They need a new link to set a password. Check their role and team as well.",
        saying="They are let back in. Make a link for them to set a password.",
    )


@access(MANAGE)
@require_POST
def make_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a link to set a password and show it, this once. That one was made is logged; the link is kept nowhere."""
    found = get_user(request, user_id)
    try:
        path, until = services.password_link(found)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("accounts:user", found.pk)
    log(request, Access.Kind.PASSWORD_LINK, reason=f"For user {found.pk}")
    return user_page(request, found, link=request.build_absolute_uri(path), until=until)


@signed_in
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, from the roles themselves."""
    said = [(role, sentences(role)) for role in ROLES.values()]
    return render(request, "accounts/roles.html", {"roles": said, "here": "roles"})


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    me = request.user
    rows = [
        Row("Name", me.name),
        Row("E-mail address", me.email),
        Row("Organisation" if me.service.oversees else "Service", me.service.name),
        Row("Role", f"{me.as_role.label}: {me.as_role.about}"),
        Row("Team", me.team.name if me.team else "No team"),
        Row("Last day of access", say_date(me.expires_on) or "None set"),
        Row("Password", "Not shown", [Link("Change", reverse("account_change_password"), "password")]),
        *(line(me) for line in account_lines),
    ]
    return render(request, "accounts/account.html", {"rows": rows, "may": sentences(me.as_role)})
