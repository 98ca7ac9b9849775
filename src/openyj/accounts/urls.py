"""Addresses of sign-in and drafts. Only the pages of the sign-in library that we use are given an address."""

from allauth.account import views as sign_in
from django.urls import path

from openyj.accounts import views
from openyj.accounts.access import everyone, signed_in

urlpatterns = [
    path("alive", views.alive, name="alive"),
    path("drafts", views.save_draft, name="save_draft"),
    path("drafts/throw-away", views.throw_draft_away, name="throw_draft_away"),
    path("sign-in", everyone(sign_in.login), name="account_login"),
    path("sign-out", everyone(sign_in.logout), name="account_logout"),
    path("account/password", signed_in(sign_in.password_change), name="account_change_password"),
    path("account/reauthenticate", signed_in(sign_in.reauthenticate), name="account_reauthenticate"),
    # The library asks for these addresses by name in passing; nobody can sign up, and an administrator hands out links.
    path("sign-up", everyone(sign_in.signup), name="account_signup"),
    path("set-password", everyone(sign_in.password_reset), name="account_reset_password"),
    path("set-password/sent", everyone(sign_in.password_reset_done), name="account_reset_password_done"),
    path(
        "set-password/<str:uidb36>-<str:key>",
        everyone(sign_in.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "set-password/done",
        everyone(sign_in.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
