"""What applicants and holders see: their applications and licences, what they must do, what they are told."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from licensing.appeals.models import Appeal
from licensing.applications.models import Application
from licensing.applications.queries.holders import applications_of, organisations_of
from licensing.applications.states import NOT_OVER
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.duties.queries.duties import Duty, duties_of, pending_for
from licensing.licences.queries.held import HolderLicence, licences_of
from registry import permissions, schemes
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A licence or an application in the one list of both: under which scheme, and for which work."""

    organisation: Organisation
    held: HolderLicence | None = None
    application: Application | None = None

    @property
    def scheme_title(self) -> str:
        return said(self._scheme.title, get_language())

    @property
    def sectors(self) -> list[str]:
        """What it covers, or what was applied for; of a draft nothing is said yet."""
        codes = self.held.licence.sectors if self.held else self._application.facts.get("sectors", [])
        return [said(self._scheme.sector(code).title, get_language()) for code in codes]

    @property
    def _application(self) -> Application:
        assert self.application is not None
        return self.application

    @property
    def _scheme(self) -> Scheme:
        """The version that it was granted or handed in under; of a draft any version says what the scheme is called."""
        about = self.held.licence if self.held else self._application
        return schemes.get(about.scheme, about.version or schemes.versions(about.scheme)[-1])


@dataclass(frozen=True, slots=True)
class Home:
    """What the home of a holder lists: of all the organisations that they act for, or of the one that they chose."""

    organisations: list[Organisation]
    chosen: Organisation | None
    duties: list[Duty]
    pending: list[Duty]
    licences: list[HolderLicence]
    applications: list[Application]
    appeals: list["Appealable"]

    @property
    def rows(self) -> list[HomeRow]:
        """All that is held and applied for: what is open, then the licences, then the applications that are over."""
        rows = [HomeRow(own.organisation, application=own) for own in self.applications]
        is_open = [row for row in rows if row.application and row.application.status in NOT_OVER]
        held = [HomeRow(one.licence.organisation, held=one) for one in self.licences]
        return [*is_open, *held, *(row for row in rows if row not in is_open)]


@dataclass(frozen=True, slots=True)
class Appealable:
    """A decision that can still be appealed against, or has been; with the newest appeal against it."""

    decision: Decision
    appeal: Appeal | None


def appealable(user: User, *, today: date) -> list[Appealable]:
    """The decisions on the organisations that this user acts for, against which there is an appeal or can be one, newest first."""
    own = Decision.objects.about(Organisation.objects.acted_for_by(user)).filter(status=DecisionStatus.DECIDED)
    known = own.filter(Q(appeal_by__gte=today) | Q(appeals__isnull=False)).distinct()
    about = known.select_related("application__organisation", "licence__organisation")
    rows = about.prefetch_related("appeals").order_by("-decided_at", "-pk")
    return [Appealable(one, max(one.appeals.all(), key=lambda appeal: appeal.pk, default=None)) for one in rows]


def home_of(user: User, *, chosen: str, today: date) -> Home:
    """`chosen` is the reference of an organisation; of one that this user does not act for nothing is chosen."""
    organisations = list(organisations_of(user))
    one = next((organisation for organisation in organisations if organisation.reference == chosen), None)
    licences = [held for held in licences_of(user, today=today) if one in (None, held.licence.organisation)]
    applications = [own for own in applications_of(user) if one in (None, own.organisation)]
    acting = [found for found in permissions.acting(user, on=today) if one in (None, found.organisation)]
    appeals = [row for row in appealable(user, today=today) if one in (None, row.decision.organisation)]
    return Home(
        organisations=organisations,
        chosen=one,
        duties=duties_of(acting, today=today),
        pending=pending_for(acting, today=today),
        licences=licences,
        applications=applications,
        appeals=appeals,
    )
