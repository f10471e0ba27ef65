"""What was approved to be shared with a guarded authority; and, by a function that the app names, who told in a text."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from compliance.guarded_sharing.models import GuardedSharing
from compliance.guarded_sharing.states import SharingStatus
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.schemes import GuardedKind
from registry.trail.queries.history import Words

#: By the kind of thing, the field that names it.
FIELDS = {"intelligence": "intelligence", "handover": "hand_over", "inspection": "inspection"}


#: What is done otherwise than by a declared step.
WORDS: Words = {"statedsharing": {"share_as_stated": _("Reached a guarded authority on a stated basis")}}


def field_of(about: Model) -> str:
    return FIELDS[str(about._meta.model_name)]


def approved(agency: Agency, way: str, about: Model) -> list[GuardedSharing]:
    """What was approved of this, by this way and for this authority, and has not been shared yet: the oldest first."""
    rows = GuardedSharing.objects.filter(agency=agency, way=way, status=SharingStatus.APPROVED)
    return list(rows.filter(**{field_of(about): about}).order_by("pk"))


def kind_reached(way: str, code: str, agency: Agency | None, *, on: date) -> GuardedKind | None:
    """The guarded kind that a check or referral of this code reaches: of the authority, or, where none is named, by the pack."""
    if agency is not None:
        return agencies.guarded_kind(agency, on)
    kinds = agencies.guards(on)
    return next((kind for kind in kinds if kind.stated_for(way, code)), None)


def who_told_in(about: Model | None, texts: Iterable[str], *, by: User) -> Iterator[Reason]:
    """What of the person who reported, or of a source, is in these texts (`finds_who_told` of the configuration)."""
    for config in apps.get_app_configs():
        path: str = getattr(config, "finds_who_told", "")
        if path:
            yield from import_string(path)(about, texts, by=by)
