"""Reports of inspections as they are read: each version, what changed between them, and what the business is given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceKind
from compliance.inspection_reports import rules
from compliance.inspection_reports.models import ReportReply, ReportSending, ReportVersion, Wording
from compliance.inspection_reports.rules import ReportDifference
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of, score_of
from compliance.inspections.queries.inspections import day_in_words
from compliance.inspections.states import Finding
from compliance.interviews.models import SignedHow
from registry.organisations.models import Organisation
from registry.retention.models import Erasure
from registry.schemes import said
from registry.trail.models.events import Event


def content_now(inspection: Inspection) -> dict[str, Any]:
    """What the report says as it stands in the tables now."""
    return rules.content_of(
        inspection,
        results=inspection.results.all(),
        exhibits=inspection.exhibits.in_order(),
        wordings=inspection.wordings.all(),
        taken_down=rules.VisitNotes(
            inspection.interviews.order_by("held_at", "pk"),
            inspection.seen_indicators.order_by("code"),
            inspection.signatures.order_by("signed_at", "pk"),
        ),
        score=score_of(inspection),
    )


# --- shown in words ---


@dataclass(frozen=True, slots=True)
class ShownFinding:
    code: str
    title: str
    critical: bool
    finding: str
    finding_in_words: str
    evidence: str
    business_comment: str
    points: int
    exhibits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownItem:
    number: int
    kind: str
    description: str
    taken_on: date
    place: str
    digest: str
    standards: str
    withheld_because: str
    struck_out_because: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report in the words of the scheme and the language of its reader."""

    inspection: Inspection
    visited_on: date | None
    summary: str
    business_comments: str
    findings: tuple[ShownFinding, ...]
    points: int
    failed: bool
    fail_at: int
    exhibits: tuple[ShownItem, ...]
    interviews: Mapping[str, int]
    indicators: tuple[Mapping[str, str], ...]
    signatures: tuple[Mapping[str, str], ...]
    left_out_exhibits: int
    left_out_words: bool
    left_out_interviews: bool

    @property
    def unmet(self) -> tuple[ShownFinding, ...]:
        return tuple(one for one in self.findings if one.finding == Finding.NOT_MET)


def shown_report(inspection: Inspection, content: Mapping[str, Any]) -> ShownReport:
    left_out = content.get("left_out", {})
    return ShownReport(
        inspection=inspection,
        visited_on=date.fromisoformat(content["visited_on"]) if content["visited_on"] else None,
        summary=content["summary"],
        business_comments=content["business_comments"],
        findings=tuple(_findings(inspection, content)),
        points=content["score"]["points"],
        failed=content["score"]["failed"],
        fail_at=scheme_of(inspection).fail_at,
        exhibits=tuple(_item(one) for one in content["exhibits"]),
        left_out_exhibits=left_out.get("exhibits", 0),
        left_out_words=left_out.get("words", False),
        left_out_interviews=left_out.get("interviews", False),
        interviews=content.get("interviews", {}),
        indicators=tuple(_indicators(inspection, content)),
        signatures=tuple({**one, "how": str(SignedHow(one["how"]).label)} for one in content.get("signatures", ())),
    )


def _findings(inspection: Inspection, content: Mapping[str, Any]) -> Iterator[ShownFinding]:
    scheme, language = scheme_of(inspection), get_language()
    standing = [one for one in content["exhibits"] if not one.get("struck_out_because")]
    for one in content["findings"]:
        standard = scheme.standard(one["standard"])
        yield ShownFinding(
            code=standard.code,
            title=said(standard.title, language),
            critical=standard.critical,
            finding=one["finding"],
            finding_in_words=str(Finding(one["finding"]).label) if one["finding"] else "",
            evidence=one["evidence"],
            business_comment=one.get("business_comment", ""),
            points=standard.points if one["finding"] == Finding.NOT_MET else 0,
            exhibits=tuple(item["number"] for item in standing if standard.code in item["standards"]),
        )


def _indicators(inspection: Inspection, content: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Signs of forced labour that the inspector saw, by the name that the pack gives them."""
    found = content.get("indicators", ())
    known = scheme_of(inspection).intelligence
    titles = {one.code: said(one.title, get_language()) for one in known.indicators} if known else {}
    for one in found:
        yield {"title": titles.get(one["code"], one["code"]), "evidence": one["evidence"]}


def _item(one: Mapping[str, Any]) -> ShownItem:
    return ShownItem(
        number=one["number"],
        kind=str(EvidenceKind(one["kind"]).label),
        description=one["description"],
        taken_on=timezone.localdate(datetime.fromisoformat(one["taken_at"])),
        place=one["place"],
        digest=one["digest"],
        standards=", ".join(one["standards"]),
        withheld_because=one.get("withheld_because", ""),
        struck_out_because=one.get("struck_out_because", ""),
    )


# --- versions ---

WHAT: dict[str, str | Promise] = {
    "visited_on": _("Day of the visit"),
    "summary": _("Summary of the visit"),
    "business_comments": _("What the business says"),
    "finding": _("Finding"),
    "evidence": _("Evidence"),
    "business_comment": _("What the business says to this standard"),
    "wording": _("What the business reads instead"),
    "interviews_held": _("Workers interviewed"),
    "interviews_declined": _("Workers who did not want to talk"),
    "interviews_said": _("What workers said was changed or taken out; it is not shown here"),
    "indicator": _("Sign of forced labour"),
    "signatures": _("Signatures"),
    "exhibit_description": _("Exhibit: what it is"),
    "exhibit_place": _("Exhibit: where it was made or taken"),
    "exhibit_standards": _("Exhibit: standards"),
    "exhibit_withheld_because": _("Exhibit: why the business may not have it"),
    "exhibit_struck_out_because": _("Exhibit: why it was struck out"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One thing that a version says otherwise; `of` is the standard, exhibit or part that it is about."""

    what: str | Promise
    of: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as it was handed in, with what it says otherwise than the one before."""

    version: ReportVersion
    points: int
    changes: tuple[ShownChange, ...]
    is_locked: bool


def versions_of(inspection: Inspection) -> tuple[ShownVersion, ...]:
    """Every version, the last first."""
    versions = list(inspection.versions.select_related("reported_by", "returned_by").order_by("number"))
    shown = []
    for before, version in zip([None, *versions], versions, strict=False):
        changes = rules.changes_between(before.content, version.content) if before else ()
        is_locked = inspection.confirmed_at is not None and version.returned_at is None
        points = version.content["score"]["points"]
        shown.append(ShownVersion(version, points, tuple(_in_words(changes)), is_locked))
    return tuple(reversed(shown))


def _in_words(changes: Iterable[ReportDifference]) -> Iterator[ShownChange]:
    for one in changes:
        before, after = (_said(one, text) for text in (one.before, one.after))
        of = str(_("Summary of the visit")) if one.of == Wording.SUMMARY else one.of
        yield ShownChange(WHAT[one.what], of, before, after)


def _said(changed: ReportDifference, text: str) -> str:
    if changed.what == "finding" and text:
        return str(Finding(text).label)
    return day_in_words(date.fromisoformat(text)) if changed.what == "visited_on" and text else text


def standing_version(inspection: Inspection) -> ReportVersion | None:
    """The version that has not been returned: that which waits for its reviewer, or was confirmed."""
    return inspection.versions.filter(returned_at=None).order_by("number").last()


def without_a_version() -> QuerySet[Inspection]:
    """Confirmed before the versions of reports were kept."""
    before = Inspection.objects.confirmed().filter(versions=None)
    return before.select_related("organisation", "inspector").order_by("pk")


def faults() -> Iterator[str]:
    """Every confirmed report that is not what was confirmed, and how that shows."""
    confirmed = Inspection.objects.confirmed().select_related("organisation", "inspector").order_by("pk")
    locked = {event.reference: event for event in Event.objects.filter(kind="inspection", verb="lock")}
    erased = Erasure.objects.references("inspection", "interviews")
    for inspection in confirmed.iterator(chunk_size=200):
        version, event = standing_version(inspection), locked.get(inspection.reference)
        if event is None:
            continue  # confirmed before reports were locked
        if version is None:
            yield f"{inspection.reference}: its locked version is missing"
            continue
        trail_says = str(event.facts.get("digest", ""))
        for fault in rules.faults_of(
            content_now(inspection),
            kept=version.content,
            digest=version.digest,
            trail=trail_says,
            without=rules.ERASED_PARTS if inspection.reference in erased else (),
        ):
            yield f"{inspection.reference}: {fault}"


# --- the business ---


def sending_of(inspection: Inspection) -> ReportSending | None:
    return ReportSending.objects.filter(inspection=inspection).select_related("sent_by").first()


def sendings_to(organisations: QuerySet[Organisation]) -> QuerySet[ReportSending]:
    """The reports that these organisations were sent, newest first."""
    sent = ReportSending.objects.filter(inspection__organisation__in=organisations)
    return sent.select_related("inspection__organisation", "inspection__inspector").order_by("-sent_at", "-pk")


@dataclass(frozen=True, slots=True)
class ReportHearing:
    """Whether the business was given the report of an inspection, and what it says to it."""

    inspection: Inspection
    sending: ReportSending | None
    replies: tuple[ReportReply, ...]


def heard_of(inspections: Iterable[Inspection]) -> tuple[ReportHearing, ...]:
    """For whoever decides on what these confirmed inspections found, in their order."""
    inspections = tuple(inspections)
    replies = Prefetch("replies", ReportReply.objects.select_related("replied_by").order_by("replied_at", "pk"))
    sent = ReportSending.objects.filter(inspection__in=inspections).prefetch_related(replies)
    by_inspection = {one.inspection_id: one for one in sent} if inspections else {}
    found = ((one, by_inspection.get(one.pk)) for one in inspections)
    return tuple(ReportHearing(one, sending, tuple(sending.replies.all()) if sending else ()) for one, sending in found)


def replies_to_report(sending: ReportSending) -> QuerySet[ReportReply]:
    return sending.replies.select_related("replied_by").order_by("replied_at", "pk")
