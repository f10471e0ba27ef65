"""Views of the lists of staff that each keeps for themselves."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.worklists import rules
from registry.worklists.models import SavedView

WORK = "registry.work_for_authority"


@transaction.atomic
def keep(*, of_list: str, name: str, query: str, by: User, at: datetime) -> SavedView:
    """Keep a list as it is narrowed and ordered now, under a name. What was typed to search for stays off the trail."""
    permissions.require(by, WORK)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that nobody keeps one too many at the same moment
    refuse_for(rules.keep_view_blockers(by, of_list=of_list, name=name, query=query))
    view = SavedView.objects.create(user=by, of_list=of_list, name=name.strip(), query=query, saved_at=at)
    trail.record(view, "keep_view", by=by, at=at, list=of_list)
    return view


@transaction.atomic
def rename(view: SavedView, *, name: str, by: User, at: datetime) -> SavedView:
    """Call a view of one's own something else."""
    view = _own(view, by=by)
    refuse_for(rules.name_view_blockers(by, of_list=view.of_list, name=name, but=view))
    view.name = name.strip()
    view.save(update_fields=["name"])
    trail.record(view, "rename_view", by=by, at=at, list=view.of_list)
    return view


@transaction.atomic
def remove(view: SavedView, *, by: User, at: datetime) -> None:
    """Forget a view of one's own."""
    view = _own(view, by=by)
    trail.record(view, "remove_view", by=by, at=at, list=view.of_list)
    view.delete()


def _own(view: SavedView, *, by: User) -> SavedView:
    permissions.require(by, WORK)
    view = trail.locked(view)
    if view.user_id != by.pk:
        raise PermissionDenied("saved view")
    return view
