"""Being told of changes: asked for, confirmed by whoever reads the mail, told, stopped. No holder ever learns of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from public_lookup.bulk_checks.models import CheckList, Watched
from public_lookup.bulk_checks.queries import lists
from public_lookup.follows.actions import deliveries, texts
from public_lookup.follows.models.follows import Follow, FollowChannel, Told
from public_lookup.follows.queries import follows
from public_lookup.follows.queries.follows import ListingNews
from public_lookup.lookup.queries.advice import advice_on
from public_lookup.lookup.queries.answers import word_of
from public_lookup.open_data.queries import changes as changes_queries
from public_lookup.open_data.queries import items
from registry.letters.letters import sending
from registry.register.models import Listing

LETTERS = "public_lookup/letters/"
# Entries told of in one transaction.
_AT_ONCE = 200


@transaction.atomic
def ask(
    *,
    listing: Listing | None = None,
    place: str = "",
    sector: str = "",
    check_list: CheckList | None = None,
    address: str,
    channel: FollowChannel = FollowChannel.EMAIL,
    language: str,
    by: None,
    at: datetime,
) -> Follow:
    """Keep the wish to be told, and mail the address a page on which it is confirmed: until then nothing else is sent.

    A telephone is confirmed by a code instead: see `codes`.

    Asked again for the same, the same row is kept; whether an address was known cannot be seen from outside.
    """
    follow, _new = Follow.objects.get_or_create(
        listing=listing,
        place=place,
        sector=sector,
        check_list=check_list,
        address=address.lower(),
        stopped_at=None,
        defaults={"channel": channel, "language": language, "asked_at": at},
    )
    if follow.confirmed_at is None and channel == FollowChannel.EMAIL:
        _mail(
            follow, "confirm", _("Confirm that you want to be told"), {"what": follows.what_is_followed(follow)}, at=at
        )
    return follow


@transaction.atomic
def confirm(follow: Follow, *, by: None, at: datetime) -> None:
    """From now on the address is told of what changes: the register as it stands is what it knows. Twice is once."""
    follow = Follow.objects.select_for_update().get(pk=follow.pk)
    if follow.confirmed_at or follow.stopped_at:
        return
    # Followers are told from here on: what was made earlier is no news to them.
    Told.held(begins=str(changes_queries.Position.newest()), at=at)
    follow.confirmed_at = at
    if follow.listing_id:
        for one in follows.news([follow.listing_id], at=at):
            follow.told_entry, follow.told_standing = one.newest, one.standing
    follow.save()
    if follow.check_list:
        watch(follow, listings=sorted(lists.firms_of(follow.check_list)), by=None, at=at)


@transaction.atomic
def watch(follow: Follow, *, listings: Sequence[int], by: None, at: datetime) -> None:
    """Let a follow of many be about exactly these: what the register says of each new one as it is, is what the follower knows."""
    follow.watched.exclude(listing__in=listings).delete()
    known = set(follow.watched.values_list("listing", flat=True))
    new = [listing for listing in listings if listing not in known]
    for start in range(0, len(new), _AT_ONCE):
        Watched.objects.bulk_create(
            Watched(follow=follow, listing_id=one.listing, told_entry=one.newest, told_standing=one.standing)
            for one in follows.news(new[start : start + _AT_ONCE], at=at)
        )


@transaction.atomic
def stop(follow: Follow, *, by: None, at: datetime) -> None:
    """Send nothing more. Twice is once."""
    Follow.objects.filter(pk=follow.pk, stopped_at=None).update(stopped_at=at)


@transaction.atomic
def tell(*, by: None, at: datetime) -> tuple[int, bool]:
    """Write the mails and deliveries about what the register says anew: what was made or taken off since the last time, and what came by date.

    The place that was reached and the mails are one transaction: killed anywhere, it tells nobody twice and leaves nobody
    out. Says how many were written, and whether there is more to tell.
    """
    told = Told.held(begins=str(changes_queries.Position.newest()), at=at)
    made = changes_queries.changes(changes_queries.Position.read(told.position), at=at, limit=_AT_ONCE)
    by_date = follows.moved_by_date(timezone.localdate(told.at), timezone.localdate(at))
    moved = follows.moved_by(made) | by_date
    count = _tell_of(moved, items.happenings(made, by_date, at=at), at=at) if _concerns_anybody(moved) else 0
    told.position, told.at = str(made.position), max(at, told.at)
    told.save()
    return count, not made.is_all


@transaction.atomic
def forget(*, by: None, at: datetime) -> int:
    """Delete what was never confirmed or was stopped long ago, and its mails with it. Says how many follows are gone."""
    gone = list(Follow.objects.filter(follows.to_forget(at)))
    sending.forget(LETTERS, about=[follow.reference for follow in gone])
    Follow.objects.filter(pk__in=[follow.pk for follow in gone]).delete()
    return len(gone)


def _concerns_anybody(moved: set[int]) -> bool:
    return bool(moved) and Follow.objects.live().exists()


def _tell_of(moved: set[int], happenings: Iterable[items.FeedEvent], *, at: datetime) -> int:
    news = {one.listing: one for one in follows.news(moved, at=at)}
    return _tell_people(news, at=at) + deliveries.write(happenings, news, by=None, at=at)


def _tell_people(news: dict[int, ListingNews], *, at: datetime) -> int:
    told = [_tell_one(follow, [one], at=at) for follow in _following(news) if (one := news.get(follow.listing_id or 0))]
    wider = (
        Follow.objects.live()
        .by(FollowChannel.EMAIL, FollowChannel.TEXT)
        .filter(listing=None)
        .filter(~Q(place="") | ~Q(sector=""))
        .select_for_update()
    )
    for follow in wider:
        told.append(_tell_one(follow, [one for one in news.values() if one.lies_in(follow)], at=at))
    return sum(told) + _tell_of_lists(news, at=at)


def _tell_of_lists(news: dict[int, ListingNews], *, at: datetime) -> int:
    """One mail to each follower of a list, about all of its firms that are told of anew."""
    watched = Watched.objects.filter(
        follow__in=Follow.objects.live().by(FollowChannel.EMAIL, FollowChannel.TEXT), listing__in=news
    ).select_related("follow")
    moved: dict[Follow, list[Watched]] = {}
    for one in watched.order_by("follow", "pk"):
        now = news[one.listing_id]
        if (now.newest, now.standing) != (one.told_entry, one.told_standing):
            one.told_entry, one.told_standing = now.newest, now.standing
            moved.setdefault(one.follow, []).append(one)
    for follow, firms in moved.items():
        _tell_one(follow, [news[one.listing_id] for one in firms], at=at)
        Watched.objects.bulk_update(firms, ["told_entry", "told_standing"])
    return len(moved)


def _following(news: dict[int, ListingNews]) -> Iterable[Follow]:
    return (
        Follow.objects.live()
        .by(FollowChannel.EMAIL, FollowChannel.TEXT)
        .filter(listing__in=news)
        .select_for_update()
        .order_by("pk")
    )


def _tell_one(follow: Follow, news: list[ListingNews], *, at: datetime) -> bool:
    if follow.listing_id:
        news = [one for one in news if (one.newest, one.standing) != (follow.told_entry, follow.told_standing)]
    if not news:
        return False
    if follow.channel == FollowChannel.TEXT:
        texts.tell(follow, news, by=None, at=at)
    else:
        _mail_news(follow, news, at=at)
    if follow.listing_id:
        follow.told_entry, follow.told_standing = news[0].newest, news[0].standing
        follow.save(update_fields=["told_entry", "told_standing"])
    return True


def _mail_news(follow: Follow, news: list[ListingNews], *, at: datetime) -> None:
    with override(follow.language):
        said = [_said(one, follow, at=at) for one in news]
        advice = [asdict(one) for one in advice_on((one.entry for one in news), timezone.localdate(at))]
        help_page = f"{settings.SITE_ADDRESS}{reverse('help')}"
    facts: dict[str, object] = {"news": said, "advice": advice, "help": help_page}
    _mail(follow, "changed", _("Something changed on the register"), facts, at=at)


def _said(one: ListingNews, follow: Follow, *, at: datetime) -> dict[str, object]:
    changes = one.since(follow.told_entry, until=at) if follow.listing_id else one.since(one.newest - 1, until=at)
    return {
        "name": one.name,
        "number": one.number,
        "outcome": word_of(one.entry) if one.entry else str(_("Not on the register")),
        "sentences": [sentence for change in changes for sentence in change.said],
        "address": f"{settings.SITE_ADDRESS}{reverse('entry', args=[one.number])}",
    }


def _mail(follow: Follow, template: str, subject: str | Promise, facts: dict[str, object], *, at: datetime) -> None:
    with override(follow.language):
        address, stop = (f"{settings.SITE_ADDRESS}{reverse(page, args=[follow.key])}" for page in ("follow", "stop"))
        sending.queue(
            f"{LETTERS}{template}.html",
            to=follow.address,
            subject=subject,
            facts={**facts, "follow": address, "stop": stop},
            about=follow.reference,
            at=at,
        )
