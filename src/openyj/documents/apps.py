from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "openyj.documents"
    label = "documents"
