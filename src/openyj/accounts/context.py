"""What every page's template may use about the person who reads it."""

from django.urls import reverse

from openyj.accounts.navigation import navigation


def page(request):
    return {"navigation": navigation(request), "account_url": reverse("accounts:account")}
