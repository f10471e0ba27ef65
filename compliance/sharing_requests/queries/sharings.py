"""What is asked to be shared with guarded authorities, what it rests on, and what in it would say who told us."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingWay
from compliance.hand_overs.models import HandOver
from compliance.inspections.models import Inspection
from compliance.intelligence.models.intelligence import Intelligence
from compliance.releases.queries import sources_in
from compliance.reports.models.reports import Report
from compliance.reports.queries.reporters import reporter_in
from compliance.sharing_requests.filters import SharingFilter
from registry import schemes
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.errors import Reason
from registry.schemes import said

Shared = Intelligence | HandOver | Inspection

#: By which ways each kind of thing can reach an authority.
WAYS: Mapping[type, tuple[SharingWay, ...]] = {
    Intelligence: (SharingWay.INTELLIGENCE, SharingWay.JOINT_CASE, SharingWay.MESSAGE),
    HandOver: (SharingWay.REPORT, SharingWay.JOINT_CASE, SharingWay.MESSAGE),
    Inspection: (SharingWay.VISIT,),
}
#: By these the words are written when approval is asked for; by the others they are there already, or there are none.
WRITTEN = (SharingWay.JOINT_CASE, SharingWay.MESSAGE)


def sharings(params: Mapping[str, Any], *, by: User) -> SharingFilter:
    """What this person may see of it, the newest first."""
    rows = GuardedSharing.objects.visible_to(by).select_related("agency", "asked_by", "ended_by")
    return SharingFilter(params, queryset=rows)


def reports_behind(about: Shared | None) -> list[Report]:
    """The reports that it came from; of a visit those because of which it, or a visit that it follows up, was commissioned."""
    if isinstance(about, Inspection):
        rows = HandOver.objects.filter(inspection__in=[visit.pk for visit in _visits_behind(about)])
        rows = rows.select_related("report", "intelligence__report").order_by("pk")
        found = [one.report or (one.intelligence.report if one.intelligence else None) for one in rows]
    else:
        found = [about.report] if about else []
    return [one for one in found if one is not None]


def _visits_behind(visit: Inspection) -> Iterator[Inspection]:
    """A visit, and those that found what it is sent to see again."""
    yield visit
    for follow_up in visit.verifies.select_related("inspection").order_by("pk"):
        yield from _visits_behind(follow_up.inspection)


def who_told_in(about: Shared | None, texts: Iterable[str], *, by: User) -> Iterator[Reason]:
    """What of the person who reported, or of a source, is in these texts."""
    together = "\n".join(texts)
    yield from reporter_in(together, own=reports_behind(about))
    yield from sources_in(about if isinstance(about, Intelligence) else None, together, by=by)


def basis_choices(on: date) -> list[tuple[str, str]]:
    """Every lawful basis of the guarded kinds, each once."""
    rows = {basis.code: said(basis.title, get_language()) for kind in agencies.guards(on) for basis in kind.bases}
    return list(rows.items())


def sharing_in_words(sharing: GuardedSharing) -> str:
    """What is to be shared, with which authority, on which basis and why, for the second person."""
    return "\n\n".join(text for _label, text in sharing_rows(sharing))


def sharing_rows(sharing: GuardedSharing) -> list[tuple[Promise, str]]:
    """The same with a label for each."""
    kinds = schemes.get(sharing.scheme, sharing.version).guarded
    kind = next(one for one in kinds if one.code == sharing.kind)
    basis = kind.basis(sharing.basis)
    rows = (
        (_("Authority"), f"{sharing.agency} ({said(kind.title, get_language())})"),
        (_("What is to be shared"), f"{sharing.get_way_display()} {sharing.about}"),
        (_("Lawful basis"), str(said(basis.title, get_language()) if basis else sharing.basis)),
        (_("Why it is needed"), sharing.because),
        (_("What the authority is to read"), sharing.text),
        (_("Why it was not approved"), sharing.refused_because),
    )
    return [(label, text) for label, text in rows if text]
