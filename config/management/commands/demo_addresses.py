from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.demo.people import SAMPLE_PEOPLE

PAGES = (
    ("Start", "/"),
    ("Check a labour provider", "/check/"),
    ("Sign in as a sample person", "/account/login/"),
    ("Mail that was sent", "/demo/mail/"),
    ("API", "/api/v1/openapi.json"),
    ("Is it ready?", "/health/ready"),
)


class Command(BaseCommand):
    help = "Say where a demonstration is to be found, and who can sign in."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\nReady. Sample people (one click signs in, with the second factor):\n\n")
        for local_part, role, name in SAMPLE_PEOPLE:
            self.stdout.write(f"  {local_part + '@demo.example':34} {name:20} {role.replace('_', ' ')}")
        self.stdout.write("")
        for title, path in PAGES:
            self.stdout.write(f"  {title:28} {settings.SITE_ADDRESS}{path}")
        self.stdout.write("\nCtrl-C stops the server and the worker; the data stays in var/.")
