"""Letters as rows: written down with the act that they tell of, mailed after it, each tried until it has left."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone, translation
from django.utils.functional import Promise

from registry import schemes, signing
from registry.identifiers import new_reference
from registry.letters import words
from registry.models import Letter, Listing, Organisation, User

# How long one attempt may take before the letter is handed over again, and how long we wait after a failure.
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)

Receiver = Organisation | Listing | User | str


def queue(
    template: str,
    *,
    to: Receiver,
    subject: str | Promise,
    facts: Mapping[str, Any],
    about: str,
    at: datetime,
) -> Letter:
    """Write a letter down, in the receiver's language, to be mailed once this transaction has committed.

    `facts` hold all that the template says. With `scheme` among them the letter bears the head of the authority in force
    on that day; with `wording`, the legal wording of that letter of the pack. A lazy subject is said in the language of
    the receiver. The head of the trail is copied, so that each letter is a witness of it.
    """
    organisation, address, language, name = _receiver(to)
    number = new_reference("L")
    head_number, head_hash = words.head()
    with translation.override(language):
        heading = str(subject)
    return Letter.objects.create(
        number=number,
        template=template,
        language=language,
        organisation=organisation,
        address=address,
        subject=heading,
        reference=about,
        facts=signing.plain({**_issued_under(facts, at), **facts, "receiver": _addressee(organisation, name)}),
        at=at,
        trail_number=head_number,
        trail_hash=head_hash,
        message_id=f"<{number.lower()}@{words.host()}>",
        next_try=at,
    )


def send(letter: Letter, *, at: datetime) -> bool:
    """Mail the letter once; a failure is written on its row with the time of the next try. Says whether it was mailed.

    The attempt is claimed first, by its count: of two workers with the same letter only one goes on. A worker that is
    killed in between leaves a letter that falls due again; a second copy would bear the same Message-ID.
    """
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    if not mine.update(attempts=F("attempts") + 1, next_try=at + LEASE):
        return False
    try:
        _mail(letter).send()
    except Exception as error:
        # Anything may go wrong between here and a mailbox; whatever it was, the letter is tried again.
        wait = min(FIRST_WAIT * 2 ** min(letter.attempts, 20), LONGEST_WAIT)
        Letter.objects.filter(pk=letter.pk).update(last_error=f"{type(error).__name__}: {error}", next_try=at + wait)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=at, last_error="", next_try=None)
    return True


def forget(template: str, *, about: Iterable[str]) -> None:
    """Delete the letters of a template (the beginning of its name) about these references: for what is kept only for a while."""
    Letter.objects.filter(template__startswith=template, reference__in=list(about)).delete()


def _receiver(to: Receiver) -> tuple[Organisation | None, str, str, str]:
    if isinstance(to, Listing):
        to = to.organisation
    if isinstance(to, Organisation):
        return to, to.email or _address_of_member(to), to.language, to.legal_name
    if isinstance(to, User):
        return None, to.email, to.language, to.name
    return None, to, translation.get_language() or settings.LANGUAGE_CODE, ""


def _address_of_member(organisation: Organisation) -> str:
    """Where the organisation has given no address of its own: that of whoever has answered for it longest."""
    member = organisation.memberships.answering().select_related("user").order_by("since", "pk").first()
    return member.user.email if member else ""


def _addressee(organisation: Organisation | None, name: str) -> dict[str, Any]:
    return {"name": name, "address": words.lines(organisation.address) if organisation else []}


def _issued_under(facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    if "scheme" not in facts:
        return {}
    return {"issued_under": schemes.in_force(facts["scheme"], timezone.localdate(at)).version}


def _of_a_list(letter: Letter) -> dict[str, str]:
    """What somebody asked to be told of can be stopped from the mail program itself, by one click (RFC 8058)."""
    if not (stop := letter.facts.get("stop")):
        return {"X-Letter": letter.number}
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _mail(letter: Letter) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=words.text(letter),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.address],
        reply_to=[words.authority(letter.facts, letter.language)["email"]],
        # Auto-Submitted keeps out-of-office replies from answering us (RFC 3834).
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", **_of_a_list(letter)},
    )
    mail.attach_alternative(words.render(letter), "text/html")
    return mail
