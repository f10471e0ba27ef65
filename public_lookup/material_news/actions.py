"""Being told what is new to pass on: asked for, confirmed by the person who reads the mail, and stopped by one click."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from public_lookup.material_news.models import NewsReader
from public_lookup.material_news.queries import last_day_of_news, news_for
from registry.letters.letters import sending

LETTERS = "public_lookup/letters/news_"


@transaction.atomic
def ask_for_news(
    *,
    address: str,
    is_for_organisation: bool,
    sector: str,
    place: str,
    languages: Sequence[str],
    language: str,
    by: None,
    at: datetime,
) -> NewsReader:
    """Keep the wish, and mail the address a page on which it is confirmed. Whether it was known cannot be seen from outside."""
    given = {
        "is_for_organisation": is_for_organisation,
        "languages": list(languages),
        "language": language,
        "asked_at": at,
        "told_until": last_day_of_news(at),
    }
    reader, _new = NewsReader.objects.get_or_create(
        address=address.lower(), sector=sector, place=place.strip(), defaults=given
    )
    if reader.confirmed_at is None:
        _mail(reader, "confirm", _("Confirm that you want these emails"), at=at)
    return reader


@transaction.atomic
def confirm_news(reader: NewsReader, *, by: None, at: datetime) -> None:
    """From now on there is a mail when something is new. Twice is once."""
    told = {"confirmed_at": at, "told_until": last_day_of_news(at)}
    NewsReader.objects.filter(pk=reader.pk, confirmed_at=None).update(**told)


@transaction.atomic
def stop_news(reader: NewsReader, *, by: None, at: datetime) -> None:
    """Delete the address at once, with all that it was told of and each other choice of it."""
    _forget(list(NewsReader.objects.filter(address=reader.address)))


@transaction.atomic
def tell_of_news(*, by: None, at: datetime) -> int:
    """Write to those who were told a week ago or more, if there is something for them. Says how many were written to."""
    written = 0
    until = last_day_of_news(at)
    for reader in NewsReader.objects.due(until).select_for_update().order_by("pk"):
        news = news_for(reader, at)
        # Without news the week goes on, so that the next thing is told at once.
        if news:
            reader.told_until = until
            reader.save(update_fields=["told_until"])
            _mail(reader, "digest", _("What is new to pass on to workers"), news=news, at=at)
            written += 1
    return written


@transaction.atomic
def forget_unconfirmed(*, by: None, at: datetime) -> int:
    """Delete the addresses that no one confirmed in a week; says how many."""
    gone = list(NewsReader.objects.to_forget(at))
    _forget(gone)
    return len(gone)


def _forget(gone: list[NewsReader]) -> None:
    sending.forget(LETTERS, about=[reader.reference for reader in gone])
    NewsReader.objects.filter(pk__in=[reader.pk for reader in gone]).delete()


def _mail(reader: NewsReader, template: str, subject: str | Promise, *, at: datetime, **facts: Any) -> None:
    with override(reader.language):
        page, stop = (
            f"{settings.SITE_ADDRESS}{reverse(name, args=[reader.key])}"
            for name in ("material_news_reader", "stop_material_news")
        )
        given = {"page": page, "stop": stop, "passes_on": reader.is_for_organisation, **facts}
        sending.queue(
            f"{LETTERS}{template}.html", to=reader.address, subject=subject, facts=given, about=reader.reference, at=at
        )
