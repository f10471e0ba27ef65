"""What another authority reads of the statistics before the public, and who of it has read what."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import F, QuerySet
from django.utils import timezone

from registry.accounts.models import User
from registry.agencies.queries import guarded_kind
from registry.editions.models import EditionVersion, PartnerAgreement
from registry.editions.queries.declaring import ALL
from registry.editions.queries.published import PublishedEdition, finer_tables
from registry.editions.tables import ReleaseTable
from registry.reading.models import Consultation

SCHEME = "scheme"
#: As many readings as the page of an agreement shows.
READINGS = 200
IN_FORCE_FIRST = F("ended_at").desc(nulls_first=True)


@dataclass(frozen=True)
class PartnerEdition(PublishedEdition):
    """A version signed by two with its finer tables, narrowed to the scheme of the agreement. The files have every division."""

    agreement: PartnerAgreement

    @property
    def drawn_as(self) -> str:
        return f"{super().drawn_as} {self.agreement.scheme}"

    @cached_property
    def tables(self) -> tuple[ReleaseTable, ...]:
        tables = (*PublishedEdition(self.version).tables, *finer_tables(self.version))
        own = self.agreement.scheme
        return tuple(filter(None, (_of_scheme(one, own) for one in tables))) if own else tables


def _of_scheme(table: ReleaseTable, scheme: str) -> ReleaseTable | None:
    """The rows of the scheme, with the total beside them; a table of another scheme is left out."""
    of = table.code.rpartition("-of-")[2]
    if of != table.code:
        return table if of == scheme else None
    places = [place for place, one in enumerate(table.dimensions) if one.code == SCHEME]
    if not places:
        return table
    (place,) = places
    kept = (ALL, scheme)
    dimension = table.dimensions[place]
    narrowed = replace(dimension, values={code: words for code, words in dimension.values.items() if code in kept})
    dimensions = (*table.dimensions[:place], narrowed, *table.dimensions[place + 1 :])
    return replace(table, dimensions=dimensions, rows=tuple(row for row in table.rows if row[place] in kept))


def agreement_of(user: User, on: date) -> PartnerAgreement | None:
    """That of the authority that this person answers for. An authority that became guarded since reads nothing early."""
    if user.agency is None:
        return None
    if guarded_kind(user.agency, on) is not None:
        return None
    return PartnerAgreement.objects.in_force().filter(agency=user.agency).first()


def signed_versions(at: datetime) -> list[EditionVersion]:
    """Of each edition the newest version that two people have signed, the newest quarter first."""
    signed = EditionVersion.objects.filter(countersigned_at__lte=at).select_related("edition")
    newest: dict[int, EditionVersion] = {}
    for version in signed.order_by("-edition__first_day", "-number"):
        newest.setdefault(version.edition_id, version)
    return list(newest.values())


def partner_edition(code: str, *, by: User, at: datetime) -> PartnerEdition | None:
    """The edition for this person's authority: nothing without an agreement, and nothing that is not signed by two."""
    agreement = agreement_of(by, timezone.localdate(at))
    version = next((one for one in signed_versions(at) if one.edition.code == code), None)
    return PartnerEdition(version, agreement) if agreement and version else None


def agreements(by: User) -> "QuerySet[PartnerAgreement]":
    """Those in force first."""
    return (
        PartnerAgreement.objects.visible_to(by).select_related("agency").order_by(IN_FORCE_FIRST, "agency__name", "-pk")
    )


def readings_of(agreement: PartnerAgreement) -> "QuerySet[Consultation]":
    """Who of the authority read which edition, the newest first."""
    rows = Consultation.objects.filter(kind="edition", by__agency=agreement.agency_id).select_related("by")
    return rows.order_by("-at", "-pk")[:READINGS]
