"""Letters as rows: written down with the act that they tell of, mailed after it, each tried until it has left."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.functional import Promise

from registry import schemes, signing
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.letters.models import Letter
from registry.letters.queries import addressee
from registry.organisations.models import Organisation
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.papers import words
from registry.register.models import Listing

# From here on a mail server's reply means: not now, and not later (RFC 5321, section 4.2.1).
PERMANENT = 500


#: The letters of the act that is being rehearsed (`registry.letters.letters.previews`); None outside of a rehearsal.
HEARD: ContextVar[list[Letter] | None] = ContextVar("letters of a rehearsal", default=None)


Receiver = Organisation | Listing | Agency | User | str


def queue(
    template: str,
    *,
    to: Receiver,
    subject: str | Promise,
    facts: Mapping[str, Any],
    about: str,
    copied: bool = True,
    kept: bool = False,
    at: datetime,
) -> Letter:
    """Write a letter down, in the receiver's language, to be mailed once this transaction has committed.

    `facts` hold all that the template says. With `scheme` among them the letter bears the head of the authority in force
    on that day; with `wording`, the legal wording of that letter of the pack. A lazy subject is said in the language of
    the receiver. The head of the trail is copied, so that each letter is a witness of it.

    A letter to an organisation is copied to everybody who acts for it that day, unless each of them is written to besides
    (`copied=False`): the addresses are kept on the row.

    A letter that is evidence keeps its words as they were sent (`kept=True`): it reads the same when its template is
    another one. What holds the seed of a secret must not.
    """
    organisation, address, language, name = _receiver(to)
    agency = to if isinstance(to, Agency) else None
    number = new_reference("L")
    head_number, head_hash = words.head()
    with translation.override(language):
        heading = str(subject)
    letter = Letter(
        number=number,
        template=template,
        language=language,
        organisation=organisation,
        agency=agency,
        address=address,
        copies=_others_acting(organisation, address, at) if organisation and copied else [],
        subject=heading,
        reference=about,
        facts=signing.plain({**_issued_under(facts, at), **facts, "receiver": addressee(organisation or agency, name)}),
        at=at,
        trail_number=head_number,
        trail_hash=head_hash,
        message_id=f"<{number.lower()}@{words.host()}>",
    )
    if kept:
        letter.sheet = words.composed(letter, words.BARE)
    letter.outbox = OutboxItem.objects.add(OutboxKind.MAIL, number, has_address=bool(address), at=at)
    letter.save(force_insert=True)
    hear(letter)
    return letter


def hear(letter: Letter) -> None:
    """Say that a letter was written, if somebody wants to read what an act would bring."""
    if (heard := HEARD.get()) is not None:
        heard.append(letter)


def send(letter: Letter, *, at: datetime) -> bool:
    """Mail the letter once to everybody who has not got it yet. Says whether nothing is left to do.

    What fails is written in the outbox with the time of the next try; what is refused for good (RFC 5321: a reply of
    5xx) is not tried again, and waits for somebody to look at the address. Each address that has taken the letter is written
    down at once, so that a repeated attempt leaves it out.

    The attempt is claimed first, by its count: of two workers with the same letter only one goes on. A worker that is
    killed in between leaves a letter that falls due again; a second copy would bear the same Message-ID, and is counted.
    """
    if not letter.outbox.claim(at):
        return False
    letter.refresh_from_db(fields=["reached", "refused"])
    errors = [error for address in letter.left if (error := _try(letter, address))]
    _settle(letter, errors, at=at)
    return not errors and not letter.refused


def put_back(letter: Letter, *, address: str, at: datetime) -> None:
    """Let a letter that was given up be mailed again: to this address, in place of those that refused it."""
    kept = [one for one in letter.addresses if one not in letter.refused and one != address]
    goes_first = letter.address in {"", address, *letter.refused}
    letter.address, letter.copies = (address, kept) if goes_first else (kept[0], [*kept[1:], address])
    letter.refused = {}
    letter.save(update_fields=["address", "copies", "refused"])
    mail_again(letter, at=at)


def mail_again(letter: Letter, *, at: datetime) -> None:
    """Have the outbox try the letter again, as if it had never failed."""
    OutboxItem.objects.filter(pk=letter.outbox_id).put_back(at)
    letter.outbox.refresh_from_db()


def _try(letter: Letter, address: str) -> str:
    """Hand the mail for one address over; says what went wrong, if it can be tried again."""
    try:
        _mail(letter, address).send()
    except Exception as error:
        # Anything may go wrong between here and a mailbox; what was not refused for good is tried again.
        words = f"{type(error).__name__}: {error}"
        if not _is_for_good(error):
            return words
        letter.refused = {**letter.refused, address: words}
        Letter.objects.filter(pk=letter.pk).update(refused=letter.refused)
    else:
        letter.reached = [*letter.reached, address]
        if letter.left:
            Letter.objects.filter(pk=letter.pk).update(reached=letter.reached)
    return ""


def _is_for_good(error: Exception) -> bool:
    """Whether the mail server said of this letter, and not of us, that trying again is of no use."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= PERMANENT


def _settle(letter: Letter, errors: list[str], *, at: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(reached=letter.reached)
    if errors:
        letter.outbox.fail(errors[0], at=at)
    elif letter.refused:
        letter.outbox.fail(next(iter(letter.refused.values())), at=at, for_good=True)
    else:
        letter.outbox.succeed(at)


def posted(letter: Letter, *, at: datetime) -> bool:
    """Write down that somebody has posted it; says whether it was still to be posted."""
    return bool(Letter.objects.to_post().filter(pk=letter.pk).update(posted_at=at))


def forget(template: str, *, about: Iterable[str]) -> None:
    """Delete the letters of a template (the beginning of its name) about these references: for what is kept only for a while."""
    if not (references := list(about)):
        return
    found = Letter.objects.filter(template__startswith=template, reference__in=references)
    items = list(found.values_list("outbox", flat=True))
    found.delete()
    OutboxItem.objects.filter(pk__in=items).delete()


def _receiver(to: Receiver) -> tuple[Organisation | None, str, str, str]:
    if isinstance(to, Listing):
        to = to.organisation
    if isinstance(to, Organisation):
        return to, to.email or _address_of_member(to), to.language, to.legal_name
    if isinstance(to, Agency | User):
        return None, to.email, to.language, to.name
    return None, to, translation.get_language() or settings.LANGUAGE_CODE, ""


def _address_of_member(organisation: Organisation) -> str:
    """Where the organisation has given no address of its own: that of whoever has answered for it longest."""
    member = organisation.memberships.answering().select_related("user").order_by("since", "pk").first()
    return member.user.email if member else ""


def _others_acting(organisation: Organisation, address: str, at: datetime) -> list[str]:
    """The addresses of all who act for the organisation that day, but for the one that the letter goes to anyway."""
    acting = organisation.memberships.acting(timezone.localdate(at)).filter(user__is_active=True)
    found = acting.exclude(user__email__iexact=address).order_by("since", "pk").values_list("user__email", flat=True)
    return list(dict.fromkeys(found))


def _issued_under(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    if "scheme" not in facts:
        return {}
    return {"issued_under": schemes.in_force(facts["scheme"], timezone.localdate(at)).version}


def _of_a_list(letter: Letter) -> dict[str, str]:
    """What somebody asked to be told of can be stopped from the mail program itself, by one click (RFC 8058)."""
    if not (stop := letter.facts.get("stop")):
        return {"X-Letter": letter.number}
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _mail(letter: Letter, address: str) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=words.text(letter),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        reply_to=[words.authority(letter.facts, letter.language, timezone.localdate(letter.at))["email"]],
        # Auto-Submitted keeps out-of-office replies from answering us (RFC 3834).
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", **_of_a_list(letter)},
    )
    mail.attach_alternative(words.render(letter), "text/html")
    return mail
