from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "openyj.actions"
    label = "actions"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.actions import contributions, digest  # noqa: F401
        from openyj.actions.bank_holidays import load_bank_holidays

        load_after_migration(load_bank_holidays)
        register("Actions", "actions:register", permission=Permission.SEE_ACTIONS, order=45)
