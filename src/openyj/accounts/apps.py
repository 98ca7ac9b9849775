from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "openyj.accounts"
    label = "accounts"

    def ready(self) -> None:
        from openyj.accounts import signals  # noqa: F401
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission

        register("Users", "accounts:users", permission=Permission.MANAGE_USERS, order=90)
