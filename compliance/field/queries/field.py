"""What stands of a visit, part by part, and what a device takes along of it."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language

from compliance.contradictions.queries.contradictions import rule_book
from compliance.field.models import FieldCopy, FieldDevice, FieldDeviceQuerySet, VisitPart
from compliance.field.queries.commissions import asked_of
from compliance.inspections.models import Inspection, InspectionQuerySet
from compliance.inspections.queries.findings import scheme_of, sections_of
from compliance.inspections.queries.inspections import known_facts
from compliance.inspections.states import InspectionStatus
from compliance.interviews import rules as interview_rules
from compliance.interviews.models import InterviewSeed
from compliance.interviews.queries import indicators_of
from compliance.plans.models import VisitPlan
from registry import signing
from registry.accounts.models import User
from registry.schemes import Scheme, said

Content = dict[str, Any]


Parts = Iterator[tuple[str, Content]]


def devices(user: User) -> FieldDeviceQuerySet:
    """The devices that visits were taken along on, the one heard of last first."""
    rows = FieldDevice.objects.visible_to(user).select_related("user", "signed_out_by")
    seen = FieldCopy.objects.filter(inspection__in=Inspection.objects.visible_to(user), gone_at=None)
    copies = Prefetch("copies", seen.select_related("inspection").order_by("inspection__reference"), to_attr="held")
    return rows.prefetch_related(copies).order_by("-seen_at", "-pk")


def is_signed_out(key: uuid.UUID) -> bool:
    """Whether this device must forget what it took along. One that we do not know took nothing."""
    return FieldDevice.objects.filter(key=key).exclude(signed_out_at=None).exists()


# --- what stands, and its revision ---


def _visit(inspection: Inspection) -> Parts:
    yield (
        "",
        {
            "visited_on": inspection.visited_on.isoformat() if inspection.visited_on else "",
            "summary": inspection.summary,
            "business_comments": inspection.business_comments,
        },
    )


def _findings(inspection: Inspection) -> Parts:
    for result in inspection.results.all():
        said = {"business_comment": result.business_comment} if result.business_comment else {}
        yield result.standard, {"finding": result.finding, "evidence": result.evidence, **said}


def _samples(inspection: Inspection) -> Parts:
    for one in inspection.samples.all():
        yield str(one.number), {"workers_present": one.workers_present, "drawn": one.drawn, "because": one.because}


def _interviews(inspection: Inspection) -> Parts:
    for one in inspection.interviews.all():
        fields = interview_rules.InterviewRecord.__annotations__
        yield str(one.key), {field: getattr(one, field) for field in fields}


def _indicators(inspection: Inspection) -> Parts:
    for one in inspection.seen_indicators.all():
        yield one.code, {"seen": True, "evidence": one.evidence}


def _signatures(inspection: Inspection) -> Parts:
    for one in inspection.signatures.all():
        fields = interview_rules.SignatureInput.__annotations__
        yield str(one.key), {field: getattr(one, field) for field in fields}


def _exhibits(inspection: Inspection) -> Parts:
    for one in inspection.exhibits.exclude(uuid="").in_order():
        removed = {"removed_because": one.struck_out_because} if one.struck_out_because else {}
        shape = {name: getattr(one, name) for name in ("kind", "description", "digest", "standards")}
        yield one.uuid, {**shape, **removed}


READS: Mapping[VisitPart, Callable[[Inspection], Parts]] = {
    VisitPart.VISIT: _visit,
    VisitPart.FINDING: _findings,
    VisitPart.SAMPLE: _samples,
    VisitPart.INTERVIEW: _interviews,
    VisitPart.INDICATOR: _indicators,
    VisitPart.SIGNATURE: _signatures,
    VisitPart.EXHIBIT: _exhibits,
}


#: What is nowhere yet, where that has a shape of its own: a device that clears something sends this.
NOTHING: Mapping[VisitPart, Content] = {
    VisitPart.FINDING: {"finding": "", "evidence": ""},
    VisitPart.INDICATOR: {"seen": False, "evidence": ""},
}


def content_of(inspection: Inspection, part: VisitPart, of: str) -> Content | None:
    """What stands of one part now; None for nothing."""
    found = dict(READS[part](inspection)).get(of, NOTHING.get(part))
    return None if found == NOTHING.get(part) else found


def revision_of(content: Content | None) -> str:
    """By what a device shows that it had seen this; empty for nothing."""
    return signing.digest(content) if content else ""


# --- what is taken along ---


def to_take_along(user: User) -> InspectionQuerySet:
    """The visits of this inspector that are still to be carried out, the most urgent at the top."""
    rows = Inspection.objects.visible_to(user).filter(inspector=user, status=InspectionStatus.COMMISSIONED)
    return rows.select_related("organisation").order_by("due_on", "pk")


def bundle(inspection: Inspection) -> Content:
    """All that is needed of one visit without a connection, in the reader's language; the interviews in all of them."""
    scheme = scheme_of(inspection)
    return {
        "reference": inspection.reference,
        "organisation": inspection.organisation.legal_name,
        "kind": inspection.get_kind_display(),
        "case": inspection.application_reference,
        "follow_up": inspection.follow_up_reference,
        "licence_number": inspection.licence_number,
        "asked": list(asked_of(inspection)),
        "scheme": said(scheme.title, get_language()),
        "scheme_name": inspection.scheme,
        "facts": [asdict(fact) for fact in known_facts(scheme, inspection.facts)],
        "sections": [asdict(section) for section in sections_of(inspection)],
        "sample": {
            "seed": InterviewSeed.objects.get(inspection=inspection).seed,
            **interview_rules.size_of(scheme).model_dump(include={"percent", "least"}),
        },
        "indicators": indicators_of(scheme),
        "compared": _compared(inspection, scheme),
        **_asked(scheme),
        "parts": [
            {"part": part, "of": of, "content": content, "revision": revision_of(content)}
            for part, reads in READS.items()
            for of, content in reads(inspection)
        ],
    }


def _compared(inspection: Inspection, scheme: Scheme) -> Content:
    """What the device compares before the report is handed in, as the server does afterwards."""
    plan = VisitPlan.objects.filter(inspection=inspection).first()
    return {
        "book": rule_book(scheme),
        "says": {one.code: said(one.says, get_language()) for one in scheme.contradictions.contradictions},
        "draws": scheme.interviews is not None,
        "planned_on": plan.day.isoformat() if plan else "",
    }


def _asked(scheme: Scheme) -> Content:
    """What a worker is told and asked, in every language of the look-up."""
    interviews = scheme.interviews
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        "explained": [
            {"code": one.code, "words": {code: said(one.words, code) for code in codes}}
            for one in (interviews.explained if interviews else ())
        ],
        "questions": [
            {
                "code": one.code,
                "kind": one.kind,
                "words": {code: said(one.words, code) for code in codes},
                "points_to": one.points_to.model_dump() if one.points_to else None,
            }
            for one in (interviews.questions if interviews else ())
        ],
    }
