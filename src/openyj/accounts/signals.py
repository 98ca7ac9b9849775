"""Sign-ins, sign-outs, failed sign-ins and passwords set go to the access log."""

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from openyj.accounts.models import Access


def add(kind: Access.Kind, request, user) -> None:
    Access.objects.add(kind=kind, path=request.path if request else "", user=user)


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs) -> None:
    add(Access.Kind.SIGN_IN, request, user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        add(Access.Kind.SIGN_OUT, request, user)


@receiver(user_login_failed)
def failed(sender, credentials, request=None, **kwargs) -> None:
    """The address typed in is not kept: people type their password there."""
    add(Access.Kind.FAILED_SIGN_IN, request, None)


@receiver([password_reset, password_changed])
def password_set(sender, request, user, **kwargs) -> None:
    add(Access.Kind.PASSWORD_SET, request, user)
