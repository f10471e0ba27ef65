"""What applicants and holders see: their applications and licences, what they must do, what they are told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.queries import history as registry_queries

# What an applicant is told of the way of an application; who works on it, and what is proposed, is the authority's.
TOLD = {
    "start": _("You started the application"),
    "submit": _("You submitted it"),
    "record_payment": _("A payment arrived"),
    "begin_assessment": _("We began to assess it"),
    "ask": _("We asked you for something"),
    "answer": _("You answered"),
    "write_message": _("You wrote to us"),
    "reply_by_message": _("We wrote to you"),
    "grant": _("We granted the licence"),
    "refuse": _("We refused the licence"),
    "withdraw": _("You withdrew it"),
}


@dataclass(frozen=True, slots=True)
class HolderNotice:
    title: str
    at: datetime


def applications_of(user: User) -> QuerySet[Application]:
    """The applications of the organisations that this user acts for, newest first."""
    mine = Application.objects.acted_for_by(user).select_related("organisation", "licence", "renews", "alters")
    return mine.prefetch_related("payments", "demands").order_by("-started_at", "-pk")


def organisations_of(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.acted_for_by(user).order_by("legal_name", "pk")


def timeline_of(application: Application) -> list[HolderNotice]:
    """What has happened to an application, as far as the applicant is told, newest first."""
    events = registry_queries.history_of(("application", application.reference)).filter(verb__in=TOLD)
    return [HolderNotice(str(TOLD[event.verb]), event.at) for event in events]


def letters_about(*references: str, organisation: Organisation) -> QuerySet[Letter]:
    """The letters that the organisation was sent about these things, newest first."""
    return Letter.objects.filter(organisation=organisation, reference__in=references).order_by("-at", "-pk")


def letters_of_licence(licence: Licence) -> QuerySet[Letter]:
    """The letters about the licence and about the applications for it, for its renewal and for altering it, newest first."""
    wanted = Application.objects.filter(Q(licence=licence) | Q(renews=licence) | Q(alters=licence))
    about = Q(reference=licence.number) | Q(reference__in=wanted.values("reference"))
    return Letter.objects.filter(about, organisation=licence.organisation).order_by("-at", "-pk")
