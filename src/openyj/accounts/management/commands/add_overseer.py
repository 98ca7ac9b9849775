"""`add_overseer`: a national or regional body and its first administrator, who adds everybody else."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from openyj.accounts.models import Service, User
from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.accounts.services import ADMINISTRATOR, password_link


class Command(BaseCommand):
    help = "Add a body that oversees services, and its first administrator. Prints their link to set a password."

    def add_arguments(self, parser) -> None:
        parser.add_argument("code", help="a short code that no service has")
        parser.add_argument("name", help="what the body is called")
        parser.add_argument("--region", default="", help="the region it oversees; without it, the nation")
        parser.add_argument("--administrator", required=True, metavar="EMAIL", help="their e-mail address")
        parser.add_argument("--called", required=True, metavar="NAME", help="the administrator's name")

    def handle(self, *args, code: str, name: str, region: str, administrator: str, called: str, **options) -> None:
        with acting(by=None, services=EVERY_SERVICE):
            if Service.objects.filter(code=code).exists():
                raise CommandError(f"There is a service or body with the code {code} already. Choose another.")
            if User.objects.filter(email=administrator.lower()).exists():
                raise CommandError(f"Somebody has the address {administrator} already.")
            known = sorted(set(Service.objects.with_children().exclude(region="").values_list("region", flat=True)))
            if region and region not in known:
                raise CommandError(f"No service is in {region}. Known regions: {', '.join(known) or 'none yet'}")
            body = Service.objects.create(
                code=code, name=name, region=region, oversees="region" if region else "nation"
            )
            person = User.objects.create_user(administrator, name=called, role=ADMINISTRATOR, service=body)
            path, until = password_link(person)
        self.stdout.write(
            f"{name} oversees {region or 'every service'}. {called} sets a password at {path} (of this site)."
        )
        self.stdout.write(f"The link works once, until {until:%-d %B %Y, %H:%M}. They add the others under Users.")
