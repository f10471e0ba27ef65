"""What the business reads of a report instead of names, and sending it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.addresses import ONE
from compliance.inspection_reports import actions, forms, queries, rules
from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import sections_of
from compliance.inspections.steps import REPORTS, of_inspection
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step

TO_REPLY = timedelta(days=14)


def _word(data: Any, inspection: Inspection, on: date) -> forms.WordForBusiness:
    kept = {one.part: one.text for one in inspection.wordings.all()}
    unmet = tuple(one for section in sections_of(inspection) for one in section.tested if one.is_unmet)
    return forms.WordForBusiness(data, summary=inspection.summary, unmet=unmet, kept=kept)


def _send(data: Any, inspection: Inspection, on: date) -> forms.SendReport:
    return forms.SendReport(data, initial={"reply_by": on + TO_REPLY})


def _send_blockers(inspection: Inspection, by: User, on: date) -> Iterable[Reason]:
    return rules.send_blockers(inspection, sent=queries.sending_of(inspection) is not None, on=on)


FOR_BUSINESS = of_inspection(
    "for_business",
    Step(
        "send",
        _("Send the report to the business"),
        label=_("Send it to the business"),
        press=_("Send"),
        permission="compliance.send_inspection_report",
        form=_send,
        about=_("A letter says that the report is there to be read, and by when the business may reply."),
        blockers=_send_blockers,
        action=actions.send,
        verb="send_report",
        previews=True,
        style="",
        done=_("Report sent to the business"),
    ),
    Step(
        "word",
        _("What the business will read"),
        label=_("Put it in other words"),
        press=_("Save"),
        permission=REPORTS,
        form=_word,
        typed=lambda form: {"wordings": form.wordings},
        about=_(
            "The business reads the summary and the evidence as you wrote them, unless you write something else here."
            " Do not name workers or people who told us something, and write nothing that could identify them."
        ),
        blockers=lambda inspection, by, on: inspection_rules.record_blockers(inspection, by=by),
        action=actions.word,
        slug="words",
        done=_("Worded for the business"),
    ),
    url=f"{ONE}/for-business",
    address_of=lambda inspection: reverse("report_for_business", args=[inspection.reference]),
)
