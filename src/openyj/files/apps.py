from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "openyj.files"
    label = "files"
