"""`load_demo`: put the invented service into an empty database."""

from django.core.management.base import BaseCommand, CommandError

from openyj.accounts.models import User
from openyj.demo.load import load_demo


class Command(BaseCommand):
    help = "Load the invented service into an empty database."

    def handle(self, *args, **options) -> None:
        if User.objects.exists():
            raise CommandError("This database already holds people; the invented service goes into an empty one.")
        load_demo()
