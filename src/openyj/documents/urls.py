"""Addresses of figures by their codes and of produced files."""

from django.urls import path

from openyj.documents import views

app_name = "documents"
urlpatterns = [
    path("figures/<str:code>", views.figure, name="figure"),
    path("documents/<int:rendition_id>/figures/<str:code>", views.frozen_figure, name="frozen_figure"),
    path("documents/files/<int:file_id>", views.file, name="file"),
]
