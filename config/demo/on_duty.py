"""Who is on duty for danger, who is away, and what was handed over: sample data for My work and for the alarms."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from compliance import passphrases
from compliance.danger import actions as dangers
from compliance.hand_overs import actions as hand_overs
from compliance.reports.actions import reports, triage
from compliance.reports.models.reports import Report
from config.demo.people import DOMAIN, person
from registry.accounts.models import User
from registry.alerts import actions as alerts
from registry.assignment import actions as assignment
from registry.assignment.models import AssignmentMethod
from registry.licences.models import Licence
from registry.tasks.models import Task

WEEK = timedelta(days=7)
WEEKS = 4
#: Numbers that are kept for drama: no one is rung.
TELEPHONE = "+4477009001{:02}"
LOCKED_IN = "Two of us are locked in the yard, and the man has our telephones. I write from the shop."
WHY = "To be seen on the spot, without saying who told us."
TOLD = (
    ("inspection", "They keep our passports in the office.", "Identity documents are said to be kept at the office."),
    ("licensing", "The director has changed, and no one was told.", "A new director is said to run the business."),
    ("agency", "They pay half of it in cash, without a payslip.", "Wages are said to be paid in cash, untaxed."),
)
BASIS = "Gangmasters (Licensing) Act 2004, section 19."


def duty(at: datetime) -> Iterator[object]:
    """A rota for four weeks, a colleague who is away, a rule that assigns tasks, and an alarm that was acknowledged."""
    lead, analyst, manager = (person(who) for who in ("safeguarding-lead", "analyst", "manager"))
    for number, one in enumerate((lead, analyst, manager)):
        alerts.choose_alerts(
            telephone=TELEPHONE.format(80 + number), gets_urgent_mail=True, gets_morning_mail=True, by=one, at=at
        )
    starts = at - timedelta(hours=1)
    for week in range(WEEKS):
        officer, deputy = (lead, analyst) if week % 2 == 0 else (analyst, lead)
        yield alerts.add_shift(
            officer=officer,
            deputy=deputy,
            starts=starts + week * WEEK,
            until=starts + (week + 1) * WEEK,
            by=manager,
            at=at,
        )
    yield from _assignment(manager, at)
    yield _alarm(lead, at - timedelta(minutes=40))


def _assignment(manager: User, at: datetime) -> Iterator[object]:
    """Tasks of a colleague who is away are done by the sample case officer; two colleagues take on what comes from Scotland."""
    colleagues = list(User.objects.filter(email__endswith=f"authority.{DOMAIN}", groups__name="case_officer"))
    if len(colleagues) < 3:
        return
    today = timezone.localdate(at)
    yield assignment.record_absence(
        colleagues[0], deputy=person("case-officer"), starts=today, until=today + WEEK, by=manager, at=at
    )
    yield assignment.make_rule(
        kind="application.take_on",
        people=colleagues[1:3],
        method=AssignmentMethod.LOAD,
        nation="scotland",
        by=manager,
        at=at,
    )


def _alarm(lead: User, at: datetime) -> object:
    """Someone is in danger: the officer on duty was told and responds; how it ended is not written down yet."""
    report = _received(LOCKED_IN, at, danger="yes", about_place="The yard behind the cold store")
    (sign,) = report.dangers.all()
    alerts.alert_of_danger(Task.objects.open().get(kind="dangersign.respond", subject_pk=sign.pk), by=None, at=at)
    return dangers.acknowledge(sign, by=lead, at=at + timedelta(minutes=4))


def handed_over(at: datetime) -> Iterator[object]:
    """Reports about a licence of the sample case officer that wait: for a visit, for licensing and for another authority."""
    analyst, partner = person("analyst"), person("partner")
    licence = Licence.objects.filter(applications__case_officer=person("case-officer")).order_by("pk").first()
    if licence is None or partner.agency is None:
        return
    for to, said, cleared in TOLD:
        report = reports.begin(_received(said, at, about_number=licence.number), by=analyst, at=at)
        given: dict[str, Any] = {"agency": partner.agency, "basis": BASIS} if to == "agency" else {}
        triage.identify(report, organisation=licence.organisation, by=analyst, at=at)
        triage.decide(report, decision=to, because=WHY, cleared=cleared, by=analyst, at=at, **given)
        one = report.hand_overs.get()
        yield hand_overs.pass_on(one, by=analyst, at=at) if to == "agency" else one


def _received(said: str, at: datetime, *, danger: str = "no", **about: str) -> Report:
    """What a worker has written, who has a mailbox."""
    said_about: dict[str, Any] = {"about_name": "", "about_number": "", "about_place": "", **about}
    return reports.receive(
        once=secrets.token_hex(8),
        passphrase=passphrases.new_passphrase(),
        text=said,
        kinds=["papers"],
        danger=danger,
        happened="",
        language="en-gb",
        contact="mailbox",
        details={},
        by=None,
        at=at,
        **said_about,
    )
