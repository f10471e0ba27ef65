"""What each question page of the application costs, over HTTP: `python -m tests.benchmarks.form`, with DATABASE_URL.

Signs in as the person who acts for the fullest draft there is, and asks for its tasks, the check of its answers and every step
that its answers call for, in turns: with lists, the list and the first thing of each. One client, two workers. Opens pages only:
what saving costs is measured by `actions`.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
from collections.abc import Iterator
from functools import partial

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from licensing.application_form.rules import steps
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.views.asked import ApplicationPage
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.benchmarks import frame, service
from tests.people import signed_in

ROUNDS = 8
BLOCK = 5
PROMISED_MS = 60


def fullest() -> Application:
    """The draft with the most answers."""
    drafts = Application.objects.filter(status="draft").annotate(answered=Count("answers"))
    return drafts.select_related("organisation").latest("answered", "pk")


def applicant_of(organisation: Organisation) -> User:
    return organisation.memberships.select_related("user").filter(until=None)[0].user


def addresses(application: Application) -> Iterator[tuple[str, str]]:
    """Each page with the words of the table; whatever is in a list is asked for as well as the list."""
    reference = application.reference
    yield "the tasks", reverse("application_tasks", args=[reference])
    yield "all answers, to check", reverse("check_answers", args=[reference])
    filled = applications.form_of(application, today=timezone.localdate())
    for page in filled.pages():
        item = next((item.name for item in filled.on(page)), "new") if page.list_of else ""
        if page.list_of:
            yield page.slug, reverse("question_page", args=[reference, page.slug])
        asked = ApplicationPage(application, filled, page, "", timezone.localdate(), True)
        for step in steps.steps(filled, page, item):
            yield " ".join(filter(None, (page.slug, item and "one", step.code))), asked.address_of_step(step)


def measure() -> None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    application = fullest()
    client_of = signed_in(applicant_of(application.organisation))
    cookie = ("Cookie", f"{settings.SESSION_COOKIE_NAME}={client_of.cookies[settings.SESSION_COOKIE_NAME].value}")
    wanted = dict(addresses(application))
    with service.served() as server, service.Client(server.port) as client:
        asked = {name: service.Asked(address, headers=(cookie,)) for name, address in wanted.items()}
        service.warm(server.port, list(asked.values())[:4])
        peers = {name: partial(client.ask, one) for name, one in asked.items()}
        costs = service.in_turns(server, peers, rounds=ROUNDS, block=BLOCK)
    _show(application, costs)


def _show(application: Application, costs: dict[str, service.Cost]) -> None:
    rows = []
    for name, cost in costs.items():
        within = frame.within(cost.times, 0.95)
        late = " !" if within > PROMISED_MS else ""
        rows.append((name, frame.ms(cost.spent_on_one), frame.ms(frame.median(cost.times)), frame.ms(within) + late))
    answered, cases = application.answers.count(), Application.objects.count()
    title = f"Question pages of a draft with {answered} answers, among {cases:,} applications; milliseconds"
    frame.table(title, ["page", "processor", "median", "95% within"], rows)


if __name__ == "__main__":
    print(frame.machine())
    measure()
