from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "openyj.casework"
    label = "casework"
