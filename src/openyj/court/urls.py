"""Addresses of the pages about court, bail and remand."""

from django.urls import path

from openyj.court import service_views, views

app_name = "court"
OF = "children/<int:child_id>/court"
urlpatterns = [
    path(OF, views.court, name="court"),
    path(f"{OF}/proposals/add", views.add_proposal, name="add_proposal"),
    path(f"{OF}/bail-offers/add", views.add_bail_offer, name="add_bail_offer"),
    path(f"{OF}/remands/add", views.add_remand, name="add_remand"),
    path(f"{OF}/after-charge/add", views.add_post_charge, name="add_post_charge"),
    path("court", service_views.service, name="service"),
    path("court/hearings", service_views.answers, name="answers"),
    path("court/remands", service_views.remands, name="remands"),
]
