"""What is new to pass on: licences that were taken away or refused, and campaigns; in the languages of the reader."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from public_lookup.follows.queries.follows import is_within
from public_lookup.lookup.queries.answers import when_of
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.rules.days import last_day
from public_lookup.material_news.models import NewsReader
from public_lookup.materials.queries import texts
from registry import signing
from registry.campaigns.queries import begun_after
from registry.campaigns.rules import ONE_DAY
from registry.languages import own_names
from registry.register.models import Entry
from registry.web.addresses import path_in


@dataclass(frozen=True, slots=True)
class PassedOnText:
    """A text in one language, ready to be passed on."""

    language: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class MaterialNews:
    """One thing that is new, where more is read, and texts to pass on."""

    title: str
    said: str
    address: str
    texts: list[PassedOnText]


def reader_of(key: str) -> NewsReader | None:
    """The reader that this key belongs to; None for any other text."""
    number, _dash, digest = key.partition("-")
    found = NewsReader.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    return found if found and signing.same_digest(found.key, f"{number}-{digest}") else None


def news_for(reader: NewsReader, at: datetime) -> list[dict[str, Any]]:
    """What happened after the last day that was told of, up to yesterday: today is not over."""
    found = [*_firms(reader, at), *_campaigns(reader, at)]
    return [asdict(one) for one in found]


def last_day_of_news(at: datetime) -> date:
    return timezone.localdate(at) - ONE_DAY


def _within(field: str, reader: NewsReader, at: datetime) -> Q:
    return Q(**{f"{field}__gt": reader.told_until, f"{field}__lte": last_day_of_news(at)})


def _firms(reader: NewsReader, at: datetime) -> Iterator[MaterialNews]:
    """Which lost their licence or were refused one in these days, and still have none."""
    gone = on_register(at).filter(_within("revoked_from", reader, at) | _within("refused_from", reader, at))
    for entry in gone.order_by("name", "number"):
        if is_within(entry, reader.place, reader.sector) and not entry.is_licensed:
            yield MaterialNews(
                entry.name, _said(entry, reader.language), _entry(entry, reader.language), _told(entry, reader)
            )


def _said(entry: Entry, language: str) -> str:
    with translation.override(language):
        return when_of(entry, last_day(entry))


def _entry(entry: Entry, language: str) -> str:
    return f"{settings.SITE_ADDRESS}{path_in(language, reverse('entry', args=[entry.number]))}"


def _told(entry: Entry, reader: NewsReader) -> list[PassedOnText]:
    names = dict(own_names())
    return [
        PassedOnText(
            code,
            names[code],
            f"{entry.name} ({entry.number}): {_said(entry, code)}. {_entry(entry, code).partition('://')[2]}",
        )
        for code in reader.languages
    ]


def _campaigns(reader: NewsReader, at: datetime) -> Iterator[MaterialNews]:
    """Those that began in these days where the reader is, in one of their languages."""
    for one in begun_after(reader.told_until, last_day_of_news(at)):
        here = (
            not one.places or not reader.place or reader.place.casefold() in {place.casefold() for place in one.places}
        )
        if here and (not reader.languages or one.language in reader.languages):
            where = path_in(settings.LANGUAGE_CODE, reverse("code", args=[one.word]))
            made = texts(reader.languages or [one.language], f"{settings.SITE_ADDRESS}{where}")
            sheets = f"{settings.SITE_ADDRESS}{path_in(reader.language, reverse('materials'))}?campaign={one.word}"
            yield MaterialNews(
                one.title, "", sheets, [PassedOnText(text.language, text.name, text.text) for text in made]
            )
