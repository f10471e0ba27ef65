"""Take emails out of a mailbox and put each on the file that it names. Run it every few minutes; one that is there is left."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from licensing.correspondence.actions import receive_mail
from licensing.correspondence.rules.mail import read
from registry.accounts.models import User

#: Bytes of one email; a longer one is left where it is, and named.
LARGEST = 30 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Puts emails on the files that they name, by the address they were sent to (case+A-2K3V-9XQ1@…) or by their subject. "
        "Emails that name none wait for an officer. Attachments are scanned like any upload."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--maildir", help="folder of a mailbox, as mail servers and fetchmail write it")
        where.add_argument("--mbox", help="file with many emails")
        where.add_argument("--stdin", action="store_true", help="one email, as a mail server passes it on")
        parser.add_argument(
            "--as", dest="address", required=True, help="account of the officer who answers for the mailbox"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email__iexact=options["address"], is_active=True).first()
        if by is None or not by.has_perm("licensing.add_to_file"):
            raise CommandError(
                "No active account with this address may add to files. Give --as the address of an officer."
            )
        counts = {"on a file": 0, "without a file": 0, "there already": 0, "too large": 0}
        for raw in _emails(options):
            if len(raw) > LARGEST:
                counts["too large"] += 1
                continue
            at = timezone.now()
            entry = receive_mail(read(raw, at=at), by=by, at=at)
            counts["there already" if entry is None else "on a file" if entry.subject else "without a file"] += 1
        self.stdout.write(", ".join(f"{number} {what}" for what, number in counts.items()))


def _emails(options: dict[str, Any]) -> Iterator[bytes]:
    if options["stdin"]:
        yield sys.stdin.buffer.read(LARGEST + 1)
        return
    box: mailbox.Mailbox[Any]
    try:
        if options["maildir"]:
            box = mailbox.Maildir(options["maildir"], create=False)
        else:
            box = mailbox.mbox(options["mbox"], create=False)
    except (mailbox.NoSuchMailboxError, OSError) as missing:
        raise CommandError("There is no mailbox here.") from missing
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()
