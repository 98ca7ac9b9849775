from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "openyj.reference"
    label = "reference"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.reference.shipped import load_shipped

        load_after_migration(load_shipped)
