"""What is done with a report: received, begun, asked about, answered, closed. The trail keeps no word of it and no name.

`by=None` is the reporter, whom nobody knows; a holder reports misuse of its licence itself; an officer writes down what somebody tells by telephone, by post or in person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance import passphrases, vault
from compliance.danger.actions import raise_danger
from compliance.danger.models import DangerSource
from compliance.reports.filters import match_keys as index
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import Channel, Report, ReportMessage, ReportPhoto
from compliance.reports.models.triage import MessageTranslation, ReportClue, ReportEnding
from compliance.reports.queries import triage as triage_words
from compliance.reports.rules import endings, handling, triage
from compliance.reports.rules import reports as rules
from compliance.reports.states import ConcernKind, ContactChoice, Danger
from registry import permissions, signing
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import new_reference
from registry.errors import Reason, Refused, refuse_for
from registry.register.models import Entry
from registry.trail.actions import events as trail
from registry.uploads import Photo, Sound


@transaction.atomic
def receive(
    *,
    once: str,
    passphrase: str,
    text: str,
    kinds: Sequence[str],
    danger: str,
    about_name: str = "",
    about_number: str = "",
    about_place: str = "",
    happened: str = "",
    people: int | None = None,
    group: str = "",
    language: str,
    contact: str,
    details: Mapping[str, str],
    photos: Sequence[Photo] = (),
    recording: Sound | None = None,
    channel: str = Channel.PAGE,
    agency: Agency | None = None,
    by: User | None,
    at: datetime,
) -> Report:
    """Keep what somebody tells; the passphrase opens its mailbox, unless they want none. Its clock begins to run.

    `once` is drawn with the form: handed in twice, it is one report. `details` are kept only for who wants to be reached
    directly, and sealed: `called`, `telephone`, `email`, `answer_by`, `safe_times`. A `recording` is sealed too, and stands for
    the text. `group` are words that several reporters share: their reports are shown together to staff. They open nothing.
    """
    if by is not None and channel != Channel.PAGE:
        permissions.require(by, "compliance.take_reports")
    about = _about(about_number, at)
    may_object = about is not None and about.objections_on(timezone.localdate(at)) is not None
    refuse_for(
        [
            *triage.channel_blockers(channel, agency, by_staff=_takes_reports(by)),
            *rules.receive_blockers(
                text=text,
                kinds=kinds,
                may_object=may_object,
                contact=contact,
                details=details,
                photos=len(photos),
                is_said=recording is not None,
            ),
        ]
    )
    scheme = about.scheme if about else ""
    times = triage.times(triage.words_of(scheme, on=timezone.localdate(at)), danger=danger, received_at=at)
    report, is_new = Report.objects.get_or_create(
        once=signing.digest(once),
        defaults={
            "reference": new_reference("R"),
            "scheme": scheme,
            "channel": channel,
            "agency": agency,
            "organisation": about.listing.organisation if about else None,
            **asdict(times),
            "language": language,
            "text": text,
            "kinds": list(kinds),
            "danger": danger,
            "about_name": about_name,
            "about_number": about.number if about and ConcernKind.OBJECTION in kinds else about_number,
            "about_place": about_place,
            "happened": happened,
            "people": people,
            "contact": contact,
            "mailbox_key": None if contact == ContactChoice.NONE else passphrases.mailbox_key(passphrase),
            "received_at": at,
        },
    )
    if is_new:
        _seal(report, details, at)
        _index(report, group)
        digests = _keep(report, photos, at)
        said = _keep_voice(report, recording, at) if recording else {}
        trail.record(report, "receive", by=by, at=at, after=report.status, photos=digests, **said)
        if report.danger == Danger.YES:
            raise_danger(DangerSource.REPORT, report=report, by=by, at=at)
    return report


def _takes_reports(by: User | None) -> bool:
    """Nobody known, and a holder on its own page, write for themselves; whoever takes reports writes down what others tell."""
    return by is not None and by.has_perm("compliance.take_reports")


@transaction.atomic
def begin(report: Report, *, by: User, at: datetime) -> Report:
    """Take the report up; the reporter sees that it is being looked at."""
    permissions.require(by, "compliance.handle_reports")
    report = trail.locked(report, among=Report.objects.visible_to(by))
    return trail.move(report, "begin", by=by, at=at, begun_by=by, begun_at=at)


@transaction.atomic
def ask(
    report: Report, *, text: str, translation: str = "", translator: str = "", by: User, at: datetime
) -> ReportMessage:
    """Put a question or an answer into the mailbox, in the language of the reporter too if somebody has translated it.

    Raises `Refused` (no_mailbox, no_text, no_translator, no_translation).
    """
    permissions.require(by, "compliance.handle_reports")
    report = trail.locked(report, among=Report.objects.visible_to(by))
    refuse_for(handling.ask_blockers(report, text=text, translation=translation, translator=translator))
    message = _write(report, text, translation, translator, by=by, at=at)
    trail.record(report, "ask", by=by, at=at, translated=bool(translation.strip()))
    return message


@transaction.atomic
def reply(
    report: Report, *, once: str, text: str, photos: Sequence[Photo] = (), by: User | None, at: datetime
) -> ReportMessage:
    """Add what the reporter has to say further, whatever the state of the report. `once` as for a report."""
    report = trail.locked(report)
    refuse_for(rules.reply_blockers(text=text, photos=len(photos), already=report.photos.count()))
    message, is_new = ReportMessage.objects.get_or_create(
        once=signing.digest([report.reference, once]),
        defaults={"report": report, "from_authority": False, "text": text, "at": at},
    )
    if is_new:
        _wrote_last(report, authority=False)
        digests = _keep(report, photos, at)
        trail.record(report, "reply", by=by, at=at, photos=digests)
    return message


@transaction.atomic
def renew_mailbox_key(report: Report, *, passphrase: str, by: None, at: datetime) -> None:
    """Find a mailbox by the digest of today from now on. The trail keeps nothing: no one is to learn when a reporter read it."""
    former = Report.objects.with_former_key().filter(pk=report.pk, mailbox_key=report.mailbox_key)
    former.update(mailbox_key=passphrases.mailbox_key(passphrase))


@transaction.atomic
def close(
    report: Report,
    *,
    ending: str = ReportEnding.OWN,
    outcome: str = "",
    translation: str = "",
    translator: str = "",
    by: User,
    at: datetime,
) -> Report:
    """Be done with the report, and say to the reporter what became of it; translated, as a message in the mailbox too.

    The words are the service's own (`ENDINGS`), or those of `outcome`, which name no one.

    Raises `Refused` (wrong_state, not_decided, not_passed_on, no_outcome, names_someone, not_translated, no_translator,
    no_translation, no_mailbox).
    """
    permissions.require(by, "compliance.handle_reports")
    report = trail.locked(report, among=Report.objects.visible_to(by))
    told = {"outcome": outcome, "translation": translation, "translator": translator}
    if ending != ReportEnding.OWN:
        words = triage_words.words_of_ending(ending, language=report.language)
        heard = (words.translation, words.translator) if report.has_mailbox else ("", "")
        told = {"outcome": words.text, "translation": heard[0], "translator": heard[1]}
    refuse_for([*handling.close_blockers(report, ending=ending, **told), *_ending_blockers(report, ending, outcome)])
    if told["translation"].strip():
        _write(report, told["outcome"], told["translation"], told["translator"], by=by, at=at)
    report.outcome, report.ending = told["outcome"], ending  # kept off the trail
    report.save(update_fields=["outcome", "ending"])
    return trail.move(report, "close", by=by, at=at, closed_at=at)


def _ending_blockers(report: Report, ending: str, outcome: str) -> Iterable[Reason]:
    if ending != ReportEnding.OWN:
        return ()
    about = [report.about_name, report.about_number, *(report.organisation.names if report.organisation else ())]
    return endings.ending_blockers(outcome, about=about, names_reporter=vault.has_reporter(outcome, own=[report]))


@transaction.atomic
def reopen(report: Report, *, because: str, by: User, at: datetime) -> Report:
    """Take up again what was done."""
    permissions.require(by, "compliance.handle_reports")
    report = trail.locked(report, among=Report.objects.visible_to(by))
    refuse_for(handling.reopen_blockers(report, because=because))
    return trail.move(report, "reopen", by=by, at=at, because=because, closed_at=None)


@transaction.atomic
def reach(report: Report, *, because: str, by: User, at: datetime) -> dict[str, str]:
    """Open the sealed details of how to reach the reporter; the trail keeps who did it and why. Raises `Refused` (not_opened)."""
    permissions.require(by, "compliance.handle_reports")
    report = trail.locked(report, among=Report.objects.visible_to(by))
    refuse_for(handling.reach_blockers(report, because=because))
    try:
        details = vault.unseal(vault.CONTACT, report.sealed_contact.sealed)
    except vault.NotOpened as shut:
        raise Refused([handling.SHUT]) from shut
    # Of reporters whose details were kept before there were marks.
    vault.mark_reporter(report.sealed_contact, details)
    trail.record(report, "reach", by=by, at=at, because=because)
    return details


def _wrote_last(report: Report, *, authority: bool) -> None:
    report.authority_wrote_last = authority
    report.save(update_fields=["authority_wrote_last"])


def _write(report: Report, text: str, translation: str, translator: str, *, by: User, at: datetime) -> ReportMessage:
    """One message of ours, with what it says in the language of the reporter beside it."""
    message = ReportMessage.objects.create(report=report, from_authority=True, text=text, by=by, at=at)
    if translation.strip():
        MessageTranslation.objects.create(
            message=message, language=report.language, text=translation, translator=translator, by=by, at=at
        )
    _wrote_last(report, authority=True)
    return message


def _index(report: Report, group: str) -> None:
    """Write down by what reports of the same thing are found."""
    clues = index.clues(name=report.about_name, number=report.about_number, place=report.about_place, text=report.text)
    words = index.words(report.text, report.about_name, report.about_number, report.about_place)
    about = (index.Clue(index.ABOUT, kind) for kind in dict.fromkeys(report.kinds))
    together = [index.Clue(index.GROUP, passphrases.group_key(group))] if group.strip() else []
    found = [*sorted(clues), *together, *about, *(index.Clue(index.WORD, word) for word in sorted(words))]
    ReportClue.objects.bulk_create(ReportClue(report=report, kind=one.kind, value=one.value) for one in found)


def _seal(report: Report, details: Mapping[str, str], at: datetime) -> None:
    if report.contact == ContactChoice.DIRECT:
        contact = ReportContact.objects.create(report=report, sealed=vault.seal(vault.CONTACT, details, at=at))
        vault.mark_reporter(contact, details)


def _keep(report: Report, photos: Sequence[Photo], at: datetime) -> list[str]:
    """Keep the photographs; their digests go to the trail."""
    before = report.photos.count()
    for number, photo in enumerate(photos, before + 1):
        ReportPhoto.objects.create(report=report, number=number, content=photo.content, digest=photo.digest, at=at)
    return [photo.digest for photo in photos]


def _keep_voice(report: Report, recording: Sound, at: datetime) -> dict[str, Any]:
    """Seal what was said; its digest goes to the trail. In a browser the voice was changed before it was sent."""
    sealed = vault.seal_bytes(vault.VOICE, recording.content, at=at)
    ReportRecording.objects.create(
        report=report,
        sealed=sealed,
        seconds=recording.seconds,
        is_masked=report.channel == Channel.PAGE,
        digest=recording.digest,
        at=at,
    )
    return {"recording": recording.digest}


def _about(number: str, at: datetime) -> Entry | None:
    """What the register says of whoever has this number, if anybody has."""
    shown = Entry.objects.shown_at(at).select_related("listing__organisation")
    return shown.filter(number="".join(number.split()).upper()).first()
