"""Addresses of sign-in, of one's account, of drafts, and of the administrator's pages of users, teams and localities.

Only the pages of the sign-in library that we use are given an address; its names are the library's.
"""

from allauth.account import views as library
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from openyj.accounts import places, users, views
from openyj.accounts.access import everyone
from openyj.accounts.places import LOCALITIES, TEAMS


class PlainLetters(StringConverter):
    """Letters and figures without a hyphen, so that a hyphen can follow."""

    regex = "[0-9A-Za-z]+"


register_converter(PlainLetters, "plain")

pages = [
    path("account", users.account, name="account"),
    path("roles", users.roles, name="roles"),
    path("users", users.users, name="users"),
    path("users/add", users.add_user, name="add_user"),
    path("users/<int:user_id>", users.user, name="user"),
    path("users/<int:user_id>/change", users.change_user, name="change_user"),
    path("users/<int:user_id>/left", users.end_access, name="end_access"),
    path("users/<int:user_id>/back", users.let_back_in, name="let_back_in"),
    path("users/<int:user_id>/link", users.make_link, name="make_link"),
    path("teams", places.places, {"kind": TEAMS}, name="teams"),
    path("teams/add", places.add_place, {"kind": TEAMS}, name="add_team"),
    path("teams/<int:place_id>/change", places.change_place, {"kind": TEAMS}, name="change_team"),
    path("localities", places.places, {"kind": LOCALITIES}, name="localities"),
    path("localities/add", places.add_place, {"kind": LOCALITIES}, name="add_locality"),
    path("localities/<int:place_id>/change", places.change_place, {"kind": LOCALITIES}, name="change_locality"),
]

urlpatterns = [
    path("", include((pages, "accounts"))),
    path("alive", views.alive, name="alive"),
    path("drafts", views.save_draft, name="save_draft"),
    path("drafts/throw-away", views.throw_draft_away, name="throw_draft_away"),
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-out", everyone(library.logout), name="account_logout"),
    path("account/password", views.change_password, name="account_change_password"),
    path("account/reauthenticate", views.reauthenticate, name="account_reauthenticate"),
    # The library asks for this address by name in passing; nobody can sign up.
    path("sign-up", everyone(library.signup), name="account_signup"),
    path("set-password", views.forgotten_password, name="account_reset_password"),
    path("set-password/done", views.password_is_set, name="account_reset_password_from_key_done"),
    # A key holds hyphens, so the number of the user before it must not.
    path(
        "set-password/<plain:uidb36>-<slug:key>",
        everyone(library.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
