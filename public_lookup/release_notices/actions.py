"""Being told when a release is out: asked for, confirmed by the person who reads the mail, told once, and forgotten."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from public_lookup.release_notices.models import ReleaseNotice
from registry.editions.queries import published
from registry.editions.queries.published import AnnouncedEdition
from registry.editions.rules.quarters import in_words
from registry.letters.letters import sending

LETTERS = "public_lookup/letters/release_"


@transaction.atomic
def ask_for_notice(
    announced: AnnouncedEdition, *, address: str, language: str, by: None, at: datetime
) -> ReleaseNotice:
    """Keep the wish, and mail the address a page on which it is confirmed. Whether it was known cannot be seen from outside."""
    given = {"language": language, "asked_at": at}
    notice, _new = ReleaseNotice.objects.get_or_create(
        edition=announced.edition, address=address.lower(), defaults=given
    )
    if notice.confirmed_at is None:
        _mail(notice, "confirm", _("Confirm that you want to be told"), at=at)
    return notice


@transaction.atomic
def confirm_notice(notice: ReleaseNotice, *, by: None, at: datetime) -> None:
    """From now on it waits for the release. Twice is once."""
    ReleaseNotice.objects.filter(pk=notice.pk, confirmed_at=None).update(confirmed_at=at)


@transaction.atomic
def stop_notice(notice: ReleaseNotice, *, by: None, at: datetime) -> None:
    """Delete the address at once, with its mails."""
    _forget([notice])


@transaction.atomic
def tell_of_releases(*, by: None, at: datetime) -> int:
    """Write to those who wait for a release that the public can read now: with its address, and no figure. Says how many."""
    waiting = ReleaseNotice.objects.waiting().select_related("edition").select_for_update(of=("self",))
    if not waiting.exists():
        return 0
    out = {one.edition.pk: one for one in published.current(at)}
    told = list(waiting.filter(edition__in=out).order_by("pk"))
    for notice in told:
        notice.told_at = at
        notice.save(update_fields=["told_at"])
        _mail(notice, "out", _("The statistics are out"), at=at)
    return len(told)


@transaction.atomic
def forget_notices(*, by: None, at: datetime) -> int:
    """Delete what no one confirmed, and every address that was told."""
    gone = list(ReleaseNotice.objects.to_forget(at))
    _forget(gone)
    return len(gone)


def _forget(gone: list[ReleaseNotice]) -> None:
    sending.forget(LETTERS, about=[notice.reference for notice in gone])
    ReleaseNotice.objects.filter(pk__in=[notice.pk for notice in gone]).delete()


def _mail(notice: ReleaseNotice, template: str, subject: str | Promise, *, at: datetime) -> None:
    with override(notice.language):
        page, stop, edition = (
            f"{settings.SITE_ADDRESS}{reverse(name, args=[argument])}"
            for name, argument in (
                ("release_notice", notice.key),
                ("stop_release_notice", notice.key),
                ("statistics_edition", notice.edition.code),
            )
        )
        facts = {"quarter": in_words(notice.edition.code), "page": page, "stop": stop, "edition": edition}
        sending.queue(
            f"{LETTERS}{template}.html", to=notice.address, subject=subject, facts=facts, about=notice.reference, at=at
        )
