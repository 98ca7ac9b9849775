from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "openyj.network"
    label = "network"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.network import contributions  # noqa: F401
        from openyj.network.shipped import load_relationships

        load_after_migration(load_relationships)
