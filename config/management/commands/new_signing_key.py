from typing import Any

from django.core.management.base import BaseCommand

from registry import signing


class Command(BaseCommand):
    help = "Make a new key for signing. It is printed and kept nowhere: put it into the environment of the service."

    def handle(self, *args: Any, **options: Any) -> None:
        private = signing.new_private_key()
        self.stdout.write(f"SIGNING_KEY={private}")
        self.stdout.write(
            f"Its public half, {signing.key_id(signing.public_key(private))}: {signing.public_key(private)}"
        )
        self.stdout.write("Where a key was in use before, add its public half to FORMER_PUBLIC_KEYS.")
