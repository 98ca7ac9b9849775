from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "openyj.reference"
    label = "reference"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.reference.shipped import load_shipped

        load_after_migration(load_shipped)
        register("Reference data", "reference:index", permission=Permission.MANAGE_REFERENCE, order=91)
