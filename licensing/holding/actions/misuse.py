"""A holder's suspicion that somebody else uses its licence."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from compliance.reports.states import ConcernKind, ContactChoice, Danger
from licensing.holding import letters
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def report(
    licence: Licence, *, text: str, who: str, where: str, once: str, passphrase: str, by: User, at: datetime
) -> Report:
    """Report that somebody else seems to use the licence (2009 Rules, schedule, paragraph 5(3)); the analyst gets it as a report.

    `once` is drawn with the form: handed in twice it is one report. `passphrase` opens the mailbox in which we answer.
    The holder is told that the report has arrived.
    """
    permissions.require(by, "licensing.apply")
    licence = trail.locked(Licence.objects.get(pk=licence.pk, organisation__in=Organisation.objects.acted_for_by(by)))
    refuse_for(permissions.act_blockers(by, licence.organisation, Act.NOTIFY, on=timezone.localdate(at)))
    given = reports.receive(
        once=f"{licence.number} {once}",
        passphrase=passphrase,
        text=text,
        kinds=[ConcernKind.LICENCE],
        danger=Danger.NOT_SURE,
        about_name=who,
        about_number=licence.number,
        about_place=where,
        language=by.language,
        contact=ContactChoice.DIRECT,
        details={"called": by.name, "telephone": licence.organisation.telephone, "email": by.email, "safe_times": ""},
        by=by,
        at=at,
    )
    if given.received_at == at:
        # That something was reported is the holder's to show; what it said is for those who handle reports alone.
        trail.record(licence, "report_misuse", by=by, at=at)
        letters.misuse_received(licence, at=at)
    return given
