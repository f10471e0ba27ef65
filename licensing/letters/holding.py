"""What a holder is told while it holds a licence."""

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.letters.sending import judged_by, licence_facts, queue
from licensing.models import Change
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.schemes import said


def told(change: Change, *, at: datetime) -> Letter:
    """Confirms what was told, to the address that is on the file before anything follows from it (docs/rules.md T45)."""
    return _about_change(change, template="change_told", subject=_("We have what you told us"), at=at)


def change_accepted(change: Change, *, former: str, at: datetime) -> list[Letter]:
    """Says that file and register follow; to the former address too, if there is a new one: it may be somebody else's."""
    subject = _("We have accepted the change")
    own = _about_change(change, template="change_accepted", subject=subject, at=at)
    if not former or former == own.address:
        return [own]
    return [own, _about_change(change, template="change_accepted", subject=subject, to=former, at=at)]


def change_refused(change: Change, *, at: datetime) -> Letter:
    """Says why a change was not accepted: file and register stay as they are."""
    return _about_change(change, template="change_refused", subject=_("We have not accepted the change"), at=at)


def _about_change(change: Change, *, template: str, subject: Promise, to: str | None = None, at: datetime) -> Letter:
    licence = change.licence
    licence.organisation.refresh_from_db()
    kind = judged_by(change).change_kind(change.kind)
    facts = {
        "change": change.reference,
        "title": said(kind.title, licence.organisation.language),
        "called": change.called,
        "happened_on": change.happened_on,
        "days_late": change.days_late,
        "holds": kind.at_once,
        "because": change.because,
    }
    return queue(licence, template=template, subject=subject, facts=facts, to=to, at=at)


def misuse_received(licence: Licence, *, at: datetime) -> Letter:
    """Confirms that the holder's suspicion has arrived; what it said is not repeated."""
    subject = _("We have your report that your licence may be misused")
    return queue(licence, template="misuse_received", subject=subject, facts={"licence": licence_facts(licence)}, at=at)


def ended(licence: Licence, *, at: datetime) -> Letter:
    """Tells the holder that the licence has ended with the change of its numbers (2009 Rules, r.5)."""
    facts = {"licence": licence_facts(licence), "from_day": licence.ended_from}
    return queue(licence, wording="licence_ended", facts=facts, at=at)


def reminded(licence: Licence, *, at: datetime) -> list[Letter]:
    """Says until when the licence lasts and how to renew it, to the holder and to everyone who acts for it (BRIEF70)."""
    facts = {"licence": licence_facts(licence)}
    own = queue(licence, wording="renewal_reminder", facts=facts, copied=False, at=at)
    acting = licence.organisation.memberships.acting(timezone.localdate(at)).values("user")
    others = User.objects.filter(pk__in=acting, is_active=True).exclude(email__iexact=own.address).order_by("pk")
    return [own, *(queue(licence, wording="renewal_reminder", facts=facts, to=one, at=at) for one in others)]
