from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "openyj.reference"
    label = "reference"
