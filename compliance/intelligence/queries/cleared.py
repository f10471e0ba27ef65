"""What others in the authority may read of intelligence about an organisation: the pieces without conditions, and their links."""

from django.db.models import QuerySet

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Tie
from compliance.intelligence.queries.intelligence import is_shared_freely
from compliance.intelligence.queries.ties import TieRow, tied
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.organisations.models import Organisation

#: As many of the newest.
SHOWN = 20


def cleared_about(organisation: Organisation, *, by: User) -> tuple[tuple[Intelligence, ...], int]:
    """The pieces with a released text whose handling code lets them be shared without conditions; and how many others there are.

    Those are read on their own page, by those who work with intelligence and say why. Only the sanitised text is shown.
    """
    known = Intelligence.objects.filter(subjects__organisation=organisation).exclude(pk__in=_barred(by))
    rows = list(known.released().defer("source_text").order_by("-recorded_at", "-pk")[:SHOWN])
    cleared = tuple(one for one in rows if is_shared_freely(one))
    return cleared, known.count() - len(cleared)


def cleared_links(organisation: Organisation, *, by: User) -> tuple[tuple[TieRow, ...], int]:
    """What the organisation is connected with by such pieces; and how many links rest on others."""
    known = Tie.objects.without_conflicts(by).around(organisation).exclude(intelligence__in=_barred(by))
    rows = known.filter(intelligence__in=Intelligence.objects.released())
    rows = rows.select_related("first", "second", "intelligence").defer("intelligence__source_text")
    cleared = tuple(tied(one) for one in rows.order_by("-at", "-pk")[:SHOWN] if is_shared_freely(one.intelligence))
    return cleared, known.count() - len(cleared)


def _barred(by: User) -> "QuerySet[Intelligence]":
    """Pieces that are also about an organisation that this person has a conflict of interest with."""
    return Intelligence.objects.filter(subjects__organisation__in=Conflict.objects.organisations_of(by))
