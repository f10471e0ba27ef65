"""What must be true before those who handle a report do something with it."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Report, TriageDecision
from compliance.reports.models.triage import ReportEnding
from compliance.reports.states import ContactChoice
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.retention.rules import erased_blockers

#: With either of these the mailbox and the contact details went.
WITH_MAILBOX = ("mailboxes", "reports")


def ask_blockers(
    report: Report, *, text: str | None = None, translation: str = "", translator: str = ""
) -> Iterator[Reason]:
    """A text of None is not asked yet: the question is only whether the button may be pressed."""
    yield from erased_blockers(report, *WITH_MAILBOX)
    if not report.has_mailbox:
        yield Reason("no_mailbox", _("The reporter did not want to be contacted, so there is no mailbox to write to."))
    if text is not None and not text.strip():
        yield Reason("no_text", _("Write what you want to ask or say."), "text")
    if text is not None:
        yield from untranslated_blockers(report, translation)
    yield from translation_blockers(translation, translator)


def needs_translation(report: Report) -> bool:
    """Whether the reporter wrote in a language that staff do not write in."""
    return report.language not in settings.SITE_LANGUAGES


def untranslated_blockers(report: Report, translation: str) -> Iterator[Reason]:
    """What goes to a reporter is translated before it is sent: they may read no English."""
    if needs_translation(report) and not translation.strip():
        because = _("Translate it into the language of the reporter before you send it.")
        yield Reason("not_translated", because, "translation")


def translation_blockers(translation: str, translator: str) -> Iterator[Reason]:
    """Of what goes to the reporter in their language besides: who translated it is said, or nothing is."""
    if translation.strip() and not translator.strip():
        yield Reason("no_translator", _("Enter the name of the translator."), "translator")
    if translator.strip() and not translation.strip():
        yield Reason("no_translation", _("Enter the translation."), "translation")


def close_blockers(
    report: Report, *, ending: str = "", outcome: str | None = None, translation: str = "", translator: str = ""
) -> Iterator[Reason]:
    yield from report.lifecycle.blockers(report.status, "close")
    if not report.decision:
        yield Reason("not_decided", _("Decide first what to do with the report."))
    if ending == ReportEnding.PASSED_ON and report.decision != TriageDecision.AGENCY:
        yield Reason("not_passed_on", _("It was not passed on to another authority. Choose another outcome."), "ending")
    if outcome is not None and not outcome.strip():
        yield Reason("no_outcome", _("Enter the outcome. The reporter reads this."), "outcome")
    if translation.strip() and not report.has_mailbox:
        yield Reason("no_mailbox", _("The reporter did not want to be contacted, so there is no mailbox to write to."))
    if outcome is not None and report.has_mailbox:
        yield from untranslated_blockers(report, translation)
    yield from translation_blockers(translation, translator)


def reopen_blockers(report: Report, *, because: str | None = None) -> Iterator[Reason]:
    yield from report.lifecycle.blockers(report.status, "reopen")
    yield from erased_blockers(report, "reports")
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


SHUT = Reason("not_opened", _("The seal does not open with the key of this service. Nothing was shown."))


def reach_blockers(report: Report, *, because: str | None = None) -> Iterator[Reason]:
    """Whoever opens the details of a source says why (docs/rules.md G13)."""
    yield from erased_blockers(report, *WITH_MAILBOX)
    if report.contact != ContactChoice.DIRECT:
        yield Reason("no_details", _("The reporter gave no telephone number and no email address."))
    yield from reason_blockers(because)
