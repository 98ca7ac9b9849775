"""Addresses of packs."""

from django.urls import path

from openyj.packs import views

app_name = "packs"
urlpatterns = [
    path("meetings/<int:meeting_id>/packs", views.packs, name="packs"),
    path("meetings/<int:meeting_id>/packs/preview", views.preview, name="preview"),
    path("meetings/<int:meeting_id>/packs/make", views.make, name="make"),
    path("meetings/<int:meeting_id>/packs/<int:number>", views.version, name="version"),
    path("meetings/kinds/<int:kind_id>/pack-figures", views.figures, name="figures"),
]
