"""Everything that speaks against a case, was changed, set aside or not read: what the person who decides sees in one place."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.contradictions.queries.compared import answered_of
from licensing.applications.models import Application
from licensing.checks.models import Check
from licensing.checks.queries.checks import checks_of, title_of
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reviews import DecisionReview
from licensing.decisions.queries.open_matters import AgainstRow, in_words, still_open
from licensing.decisions.queries.readiness import dismissed_matches
from licensing.decisions.queries.standards import seen_of
from licensing.inspections.queries import triggers_of
from licensing.overrides.models import ReplyOverride
from licensing.overrides.queries import in_words as override_in_words
from licensing.overrides.queries import overrides_in_force
from licensing.watchlist_matches.models import WatchlistMatch
from registry.accounts.models import User


def against(decision: Decision, *, by: User, on: date) -> tuple[AgainstRow, ...]:
    """As far as this person may know it; the most serious first."""
    rows: list[AgainstRow] = []
    if decision.application is not None:
        rows += _of_checks(decision.application, by=by, on=on)
        rows += [_overridden(one, by=by) for one in overrides_in_force(decision.application) if one.is_in_force]
    rows += _not_met(decision)
    rows += _contradictions(decision)
    if decision.application is not None:
        rows += _waived(decision.application)
    rows += _on_lists(decision, by=by)
    if by.has_perm("licensing.view_look_alikes"):
        rows += _dismissed(decision, by=by)
    return (*rows, *still_open(decision))


def reviews_of(decision: Decision) -> list[DecisionReview]:
    return list(decision.reviews.select_related("to", "asked_by", "ended_by").order_by("pk"))


def _of_checks(case: Application, *, by: User, on: date) -> Iterator[AgainstRow]:
    for one in checks_of(case, by=by, on=on):
        href = reverse("staff_check", args=[one.check.reference])
        who = f"{one.title}, {one.authority}" if one.authority else one.title
        if one.check.result == "adverse":
            said = one.reply.shown.evidence if one.reply else ""
            yield AgainstRow(_("Adverse"), f"{who}: {one.check.subject}", said, href, "red")
        elif one.is_overdue:
            asked = gettext("Due on %(day)s, and no reply has come.") % {"day": in_words(one.check.due_on)}
            yield AgainstRow(_("Late"), f"{who}: {one.check.subject}", asked, href, "orange")
    for check in Check.objects.filter(application=case).filter(replies__replaced_at__isnull=False).distinct():
        yield from _replaced(check)


def _replaced(check: Check) -> Iterator[AgainstRow]:
    """A reply that was replaced by one with another result. A check that was asked again has none yet."""
    if not check.result:
        return
    named = f"{title_of(check)}, {check.subject}"
    before_now = check.replies.filter(replaced_at__isnull=False).exclude(result=check.result)
    # What two people override is said in a row of its own.
    for before in before_now.exclude(overrides__status="agreed").order_by("pk"):
        words = {"before": before.get_result_display(), "now": check.get_result_display(), "check": named}
        text = gettext("“%(before)s” became “%(now)s”: %(check)s") % words
        href = reverse("staff_check", args=[check.reference])
        yield AgainstRow(_("Replaced"), text, _day_of(before.replaced_at), href, "purple")


def _overridden(override: ReplyOverride, *, by: User) -> AgainstRow:
    """What the authority said and who decided otherwise, with what the authority says about that."""
    said = override_in_words(override, by=by)
    if override.answer:
        said = f"{said} {gettext('The authority: %(answer)s') % {'answer': override.answer}}"
    text = f"{title_of(override.asked)}, {override.asked.agency}: {override.asked.subject}"
    return AgainstRow(_("Overridden"), text, said, reverse("staff_override", args=[override.reference]), "purple")


def _not_met(decision: Decision) -> Iterator[AgainstRow]:
    seen = seen_of(decision.subject)
    for one in seen.unmet if seen else ():
        sort = _("Not met, critical") if one.critical else _("Not met")
        yield AgainstRow(sort, one.title, one.evidence, reverse("inspection", args=[one.inspection]), "red")


def _contradictions(decision: Decision) -> Iterator[AgainstRow]:
    """What a report says against itself, and the reviewer accepted: with every answer, who gave it and when."""
    seen = seen_of(decision.subject)
    for inspection, says, answers in answered_of(seen.inspections if seen else ()):
        about = " ".join(f"{one.kind}: {one.text} {one.by}, {_day_of(one.at)}." for one in answers)
        href = reverse("inspection_contradictions", args=[inspection.reference])
        yield AgainstRow(_("Contradiction, accepted"), says, about, href, "yellow")


def _waived(case: Application) -> Iterator[AgainstRow]:
    for row in triggers_of(case):
        if row.waiver is not None:
            about = f"{row.waiver.because} {row.waiver.given_by}, {_day_of(row.waiver.given_at)}"
            text = gettext("Reason to inspect set aside: %(reason)s") % {"reason": row.title}
            yield AgainstRow(_("Set aside"), text, about, reverse("application", args=[case.reference]), "yellow")


def _on_lists(decision: Decision, *, by: User) -> Iterator[AgainstRow]:
    """Someone of the business is on a list, as an officer has confirmed."""
    found = WatchlistMatch.objects.visible_to(by).adverse().filter(organisation__in=decision.organisations)
    for one in found.select_related("closed_by").order_by("pk"):
        text = gettext("%(who)s is on the list “%(list)s”") % {"who": one.who, "list": one.list_title}
        about = f"{one.judged_because} {one.closed_by}, {_day_of(one.closed_at)}. {one.follows}"
        yield AgainstRow(_("On a list"), text, about, reverse("watchlist_match", args=[one.reference]), "red")


def _dismissed(decision: Decision, *, by: User) -> Iterator[AgainstRow]:
    for one in dismissed_matches(decision, by=by):
        text = gettext("Possible phoenix of %(name)s, %(points)s points") % {"name": one.other, "points": one.points}
        about = f"{one.because} {one.closed_by or ''}, {_day_of(one.closed_at)}"
        yield AgainstRow(_("Dismissed"), text, about, reverse("look_alike", args=[one.reference]), "yellow")


def _day_of(moment: datetime | None) -> str:
    return in_words(timezone.localdate(moment)) if moment else ""
