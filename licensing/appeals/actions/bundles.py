"""The bundle of an appeal: asked for on a page, made by the background worker, and downloaded by those who may see the appeal."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import translation

from licensing.appeals import letters
from licensing.appeals.models import Appeal, AppealBundle
from licensing.appeals.queries import bundles
from registry import permissions
from registry import uploads as files
from registry.accounts.models import User
from registry.errors import PdfUnavailable, Reason, Refused, refuse_for
from registry.trail.actions import events as trail
from registry.uploads import StorageArea

SEES = "licensing.view_appeals"
#: A worker that has not finished by then was stopped: another one begins again.
WITHIN = timedelta(minutes=15)
#: Longer than anybody needs to take it; then it is made again, with what has come since.
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask(appeal: Appeal, *, by: User, at: datetime) -> AppealBundle:
    """Ask for everything that the decision rested on, for the tribunal and both sides. One that is being made serves again."""
    permissions.require(by, SEES)
    appeal = trail.locked(appeal)
    refuse_for(permissions.conflict_blockers(by, *appeal.decision.organisations))
    waiting = AppealBundle.objects.unfinished().filter(appeal=appeal, asked_by=by).first()
    if waiting is None:
        waiting = AppealBundle.objects.create(appeal=appeal, asked_by=by, asked_at=at)
        trail.record(appeal, "ask_bundle", by=by, at=at)
    return waiting


@transaction.atomic
def claim(*, by: User | None, at: datetime) -> AppealBundle | None:
    """The oldest that waits, or that was left unfinished; of two workers only one has it."""
    unfinished = AppealBundle.objects.unfinished().exclude(started_at__gt=at - WITHIN)
    bundle = unfinished.select_for_update(skip_locked=True).order_by("asked_at", "pk").first()
    if bundle is not None:
        bundle.started_at = at
        bundle.save(update_fields=["started_at"])
    return bundle


@transaction.atomic
def make(bundle: AppealBundle, *, by: User | None, at: datetime) -> AppealBundle:
    """Print what a worker has claimed. What keeps it from being made is kept with it."""
    try:
        _print(bundle, at=at)
    except Refused as refused:
        bundle.refused = [str(reason) for reason in refused.reasons]
    except PdfUnavailable as unavailable:
        bundle.refused = [str(unavailable)]
    bundle.finished_at = at
    bundle.save()
    return bundle


@transaction.atomic
def take(bundle: AppealBundle, *, by: User, at: datetime) -> bytes:
    """The bundle as it was made, with a note that it left and what was in it. Refused when it is not, or no longer, there."""
    permissions.require(by, SEES)
    appeal = bundle.appeal
    refuse_for(permissions.conflict_blockers(by, *appeal.decision.organisations))
    if not bundle.is_ready:
        refuse_for([Reason("no_bundle", bundles.NOT_READY)])
    content = files.read(StorageArea.MADE, bundle.stored_as)
    trail.record(appeal, "take_bundle", by=by, at=at, sha256=bundle.sha256, **bundle.contents)
    return content


@transaction.atomic
def remove_old(*, by: User | None, at: datetime) -> int:
    """Remove the files of bundles after a day; says how many."""
    old = list(AppealBundle.objects.filter(finished_at__lt=at - KEPT_FOR).exclude(stored_as=""))
    for bundle in old:
        transaction.on_commit(partial(files.discard, StorageArea.MADE, bundle.stored_as), robust=True)
        bundle.stored_as = ""
        bundle.save(update_fields=["stored_as"])
    return len(old)


def _print(bundle: AppealBundle, *, at: datetime) -> None:
    """Refused while a word of it is one that another authority has not agreed to pass on. Raises `PdfUnavailable`."""
    appeal = bundle.appeal
    refuse_for(permissions.conflict_blockers(bundle.asked_by, *appeal.decision.organisations))
    language = appeal.organisation.language
    with translation.override(language):
        papers = bundles.bundle_of(appeal, language=language)
    refuse_for(bundles.bundle_blockers(papers))
    content = letters.bundle(papers, bundles.bytes_of(papers), language=language, at=at)
    name = secrets.token_hex(16)
    files.keep(StorageArea.MADE, name, content)
    bundle.stored_as, bundle.sha256 = name, hashlib.sha256(content).hexdigest()
    bundle.contents = {
        "letters": [told.letter.number for told in papers.letters],
        "documents": [annex.document.reference for annex in papers.annexes],
        "left_out": papers.left_out,
    }
