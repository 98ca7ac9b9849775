"""Addresses of the pages about circumstances."""

from django.urls import path

from openyj.circumstances import views

app_name = "circumstances"
urlpatterns = [
    path("children/<int:child_id>/about", views.about, name="about"),
    path("children/<int:child_id>/circumstances", views.circumstances, name="circumstances"),
    path("children/<int:child_id>/circumstances/<slug:kind>/add", views.add, name="add"),
    path("children/<int:child_id>/circumstances/<slug:kind>/<int:pk>/next", views.follow, name="follow"),
]
