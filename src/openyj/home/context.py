"""Where the search box of every page sends."""

from django.urls import reverse

from openyj.accounts.roles import Permission


def page(request):
    user = getattr(request, "user", None)
    may = bool(user and user.is_authenticated)
    if may and user.may(Permission.SEE_CHILDREN):
        return {"search_url": reverse("home:search"), "search_label": "Find a child or a figure’s code"}
    if may and user.may(Permission.SEE_FIGURES):
        return {"search_url": reverse("home:search"), "search_label": "Find a figure’s code"}
    return {}
