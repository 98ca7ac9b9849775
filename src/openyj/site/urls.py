"""Every address of the site, by room."""

from django.urls import include, path

urlpatterns = [
    path("performance/", include("openyj.performance.urls")),
    path("", include("openyj.finance.urls")),
    path("", include("openyj.home.urls")),
    path("", include("openyj.casework.urls")),
    path("", include("openyj.people.urls")),
    path("", include("openyj.accounts.urls")),
]
