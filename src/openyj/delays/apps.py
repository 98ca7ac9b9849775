from django.apps import AppConfig


class DelaysConfig(AppConfig):
    name = "openyj.delays"
    label = "delays"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.delays import contributions  # noqa: F401
        from openyj.delays.turns import load_usual

        load_after_migration(load_usual)
        register("How long it takes", "delays:service", permission=Permission.SEE_FIGURES, order=35)
