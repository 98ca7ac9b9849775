"""Addresses of reference data."""

app_name = "reference"
urlpatterns = []
