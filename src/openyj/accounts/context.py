"""What every page's template may use about the person who reads it."""

from openyj.accounts.navigation import navigation
from openyj.accounts.roles import Permission


def page(request):
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "navigation": navigation(request),
        "may_search": signed_in and (user.may(Permission.SEE_CHILDREN) or user.may(Permission.SEE_FIGURES)),
    }
