from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "openyj.actions"
    label = "actions"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.actions import contributions  # noqa: F401

        register("Actions", "actions:register", permission=Permission.SEE_ACTIONS, order=45)
