"""The same writes, and a verification, by the code of any release: `python acts.py`, in the folder of the release that is measured.

Each line on standard input names one of them; it is done once, and the seconds of processor that it took are answered. It runs with the
code of any release since 4f0244e1, so it imports of the product only what all of them have.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count

sys.path[0] = os.getcwd()  # in the place of the folder of this file

import django

django.setup()

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from compliance.reports.actions import triage
from compliance.reports.models.reports import Report
from licensing.applications.models import Application
from licensing.messages import actions as messages
from registry.accounts.actions import accounts, keys
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.trail.actions import events as trail
from registry.trail.actions.verifications import verify_history

_numbers = count(1)


def note() -> None:
    """An event about something that did not change."""
    with transaction.atomic():
        trail.record(Licence.objects.order_by("pk")[0], "measure", by=None, at=timezone.now())


def change_licence() -> None:
    with transaction.atomic():
        licence = trail.locked(Licence.objects.order_by("pk")[0])
        licence.valid_until += timedelta(days=1)
        licence.save(update_fields=["valid_until"])
        trail.record(licence, "measure", by=None, at=timezone.now(), valid_until=licence.valid_until)


def write_message() -> None:
    cases = Application.objects.filter(status="assessing").order_by("pk")
    by = next(user for user in User.objects.filter(groups__name="applicant").order_by("pk") if cases.acted_for_by(user))
    case = cases.acted_for_by(by)[0]
    messages.write(case, text=f"Message {next(_numbers)}.", by=by, at=timezone.now())


def decide_report() -> None:
    report = Report.objects.filter(status="being_looked_at", organisation=None).order_by("pk")[0]
    by = _with_role("intelligence_analyst")
    because = f"Measured {next(_numbers)}."
    triage.decide(report, decision="no_action", because=because, by=by, at=timezone.now())


def set_password() -> None:
    person = _with_role("case_officer")
    accounts.set_password(person, password=f"measured {next(_numbers)}", by=person, at=timezone.now())


def make_key() -> None:
    by = _with_role("case_officer")
    made = keys.make(name="Measured", scopes=["read"], days=30, by=by, at=timezone.now())
    AFTER.append(lambda: keys.revoke(made.key, by=by, at=timezone.now()))


def _with_role(role: str) -> User:
    return User.objects.filter(groups__name=role, is_active=True).order_by("pk")[0]


#: What is done after an act without being measured.
AFTER: list[Callable[[], object]] = []
ACTS: dict[str, Callable[[], object]] = {
    "an event about nothing that changed": note,
    "a licence locked and changed, and its event": change_licence,
    "a message of a holder": write_message,
    "a report decided on": decide_report,
    "a password": set_password,
    "a key of a program": make_key,
    "verification": verify_history,
}


def main() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow one is the same in all
    print(json.dumps(list(ACTS)), flush=True)
    for line in sys.stdin:
        gc.collect()
        before = time.process_time()
        ACTS[line.strip()]()
        spent = time.process_time() - before
        while AFTER:
            AFTER.pop()()
        print(spent, flush=True)


if __name__ == "__main__":
    main()
