"""What of each thing goes at the end of its time: rows that are deleted, and columns of which the words are erased.

What is not named here stays: that it was there, its dates, its status, who handled it, and the organisation.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.prosecution import ProsecutorFile
from compliance.exhibits.models import Custody
from compliance.field.models import FieldItem
from compliance.guarded_sharing.models import GuardedSharing
from compliance.hand_overs.models import HandOver
from compliance.inspections.models import Inspection
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.models.sources import Source
from compliance.intelligence.models.ties import Entity, Tie
from compliance.interviews.models import Interview, InterviewSeed, Sample, Signature
from compliance.joint_cases.models import JointCase, JointStep
from compliance.passed_on.models import PartnerMessage
from compliance.releases.models import SourceMark, TextReading
from compliance.reports.models import triage
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import ABOUT, Report, ReportMessage, ReportPhoto
from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.people import Support
from compliance.safeguarding.models.referrals import Referral
from registry.documents.models import Document
from registry.retention.models import ERASED

Rows = QuerySet[Any, Any]
#: A code of no pack, in the shape of one: the columns of a referral hold codes alone.
ERASED_CODE = "erased"


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """Rows of one kind. `words` are columns whose text is erased where there is one, `values` what else is set; without
    either the rows are deleted. `digested` are the columns of which the digest is kept, if they are others than these.
    """

    rows: Rows
    _: KW_ONLY
    words: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    digested: tuple[str, ...] = ()

    @property
    def is_deleted(self) -> bool:
        return not self.words and not self.values

    @property
    def changes(self) -> dict[str, Any]:
        """What each column is set to."""
        words = {name: Case(When(**{name: ""}, then=Value("")), default=Value(ERASED)) for name in self.words}
        return {**words, **self.values}

    def content(self) -> list[dict[str, Any]]:
        """What is there before, with the key of each row."""
        columns = self.digested or (*self.words, *self.values)
        rows = self.rows.order_by("pk").values("pk", *columns)
        return [{name: _canonical(value) for name, value in row.items()} for row in rows]


def _canonical(value: Any) -> Any:
    """What a digest can be made of: JSON, which may hold any number, and keys of devices as text."""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return str(value) if isinstance(value, UUID) else value


def of(rule: str, thing: Any) -> Iterator[ErasedRows]:
    """What of the thing goes under this line of the table, in the order in which it may go."""
    return CONTENTS[rule](thing)


def files_of(rule: str, thing: Any) -> "QuerySet[Document]":
    """The files that go with it."""
    if rule != "exhibits":
        return Document.objects.none()
    return Document.objects.filter(exhibit__inspection=thing).on_disk().order_by("pk")


def _one(row: Any) -> Rows:
    found: Rows = type(row)._default_manager.filter(pk=row.pk)
    return found


def _guarded_sharings(**about: Any) -> ErasedRows:
    """What was asked to be shared with guarded authorities: that it was, by which way and on which basis stays, and is counted."""
    return ErasedRows(GuardedSharing.objects.filter(**about), words=("because", "text", "refused_because"))


def _exports(case: UnlicensedCase) -> Iterator[ErasedRows]:
    yield ErasedRows(ProsecutorFile.objects.filter(case=case), values={"content": {}})


def _mailboxes(report: Report) -> Iterator[ErasedRows]:
    yield ErasedRows(triage.MessageTranslation.objects.filter(message__report=report), digested=("text", "translator"))
    yield ErasedRows(ReportMessage.objects.filter(report=report), words=("text",))
    yield ErasedRows(ReportContact.objects.filter(report=report), digested=("sealed",))
    if report.has_mailbox:
        # What no passphrase comes to: the mailbox is there, and opens no more.
        yield ErasedRows(_one(report), values={"mailbox_key": f"erased {report.reference}"})


def _reports(report: Report) -> Iterator[ErasedRows]:
    # The mailbox is due no later, but a pack may have none of its own.
    yield from _mailboxes(report)
    yield ErasedRows(ReportPhoto.objects.filter(report=report), digested=("digest",))
    yield ErasedRows(ReportRecording.objects.filter(report=report), digested=("digest",))
    yield ErasedRows(triage.ReportTranslation.objects.filter(report=report), digested=("text", "translator"))
    yield ErasedRows(triage.ReportClue.objects.filter(report=report).exclude(kind=ABOUT), digested=("kind", "value"))
    yield ErasedRows(triage.Triage.objects.filter(report=report), words=("because", "called"))
    for side in ("first", "second"):
        yield ErasedRows(triage.ReportLink.objects.filter(**{side: report}), words=("because",))
    told = ("text", "about_name", "about_number", "about_place", "happened", "outcome")
    yield ErasedRows(_one(report), words=told)


def _hand_overs(hand_over: HandOver) -> Iterator[ErasedRows]:
    yield ErasedRows(PartnerMessage.objects.filter(hand_over=hand_over), words=("text",))
    yield _guarded_sharings(hand_over=hand_over)
    yield ErasedRows(_one(hand_over), words=("text", "basis", "answer_text"))


def _joint_cases(case: JointCase) -> Iterator[ErasedRows]:
    yield ErasedRows(JointStep.objects.filter(joint_case=case), words=("text", "outcome"))
    yield ErasedRows(_one(case), words=("result",))


def _intelligence(intelligence: Intelligence) -> Iterator[ErasedRows]:
    ties = Tie.objects.filter(intelligence=intelligence)
    ends = {key for pair in ties.values_list("first", "second") for key in pair}
    others = Tie.objects.exclude(intelligence=intelligence).of(list(ends))
    shared = {key for pair in others.values_list("first", "second") for key in pair}
    yield ErasedRows(ties, digested=("how", "first__reference", "second__reference"))
    yield ErasedRows(Entity.objects.filter(pk__in=ends - shared), digested=("kind", "key", "label"))
    passed = Dissemination.objects.filter(intelligence=intelligence)
    yield ErasedRows(PartnerMessage.objects.filter(dissemination__in=passed), words=("text",))
    yield ErasedRows(passed, words=("text", "conditions_said", "purpose"))
    yield _guarded_sharings(intelligence=intelligence)
    readings = TextReading.objects.filter(intelligence=intelligence)
    yield ErasedRows(readings, words=("text", "because"), values={"answers": {}})
    texts = ("source_text", "sanitised_text", "conditions_said")
    yield ErasedRows(_one(intelligence), words=texts, values={"source": None})


def _sources(source: Source) -> Iterator[ErasedRows]:
    yield ErasedRows(SourceMark.objects.filter(source=source), digested=("kind", "digest"))
    yield ErasedRows(_one(source), words=("about",))


def _referrals(referral: Referral) -> Iterator[ErasedRows]:
    yield ErasedRows(Support.objects.filter(referral=referral), digested=("service", "offered_on", "accepted"))
    yield ErasedRows(ReferralFollowUp.objects.filter(referral=referral), digested=("code", "answer", "recorded_on"))
    coded = ("gender", "age_band", "region", "police_area")
    values = {**dict.fromkeys(coded, ERASED_CODE), "nationality": "", "natures": [], "police_force": ""}
    yield ErasedRows(_one(referral), values=values)


def _interviews(inspection: Inspection) -> Iterator[ErasedRows]:
    mine = {"inspection": inspection}
    said = ("reference", "language", "answers", "indicators", "notes")
    yield ErasedRows(Interview.objects.filter(**mine), digested=said)
    yield ErasedRows(Sample.objects.filter(**mine), digested=("number", "drawn", "because"))
    yield ErasedRows(InterviewSeed.objects.filter(**mine), digested=("seed",))
    yield ErasedRows(Signature.objects.filter(**mine), digested=("name", "role", "statement", "strokes"))
    yield ErasedRows(FieldItem.objects.filter(**mine), digested=("key", "content"))
    yield _guarded_sharings(**mine)


def _exhibits(inspection: Inspection) -> Iterator[ErasedRows]:
    custody = Custody.objects.filter(item__inspection=inspection)
    yield ErasedRows(custody, words=("holder", "place", "because"))


CONTENTS: dict[str, Callable[[Any], Iterator[ErasedRows]]] = {
    "exports": _exports,
    "mailboxes": _mailboxes,
    "reports": _reports,
    "hand_overs": _hand_overs,
    "joint_cases": _joint_cases,
    "intelligence": _intelligence,
    "sources": _sources,
    "referrals": _referrals,
    "interviews": _interviews,
    "exhibits": _exhibits,
}
