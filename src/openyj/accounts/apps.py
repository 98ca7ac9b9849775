from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "openyj.accounts"
    label = "accounts"

    def ready(self) -> None:
        from openyj.accounts import signals  # noqa: F401
