"""Samples of what is printed: each paper in a version and a language, about somebody who does not exist."""

from collections.abc import Mapping
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils.translation import get_language, gettext

from compliance.enforcement.models.cases import CaseTarget, StepTaken
from compliance.enforcement.models.prosecution import MaterialKind, WhySensitive
from compliance.enforcement.queries.prosecution import ShownElement, ShownOffence
from compliance.exhibits.models import CustodyAct
from compliance.inspection_reports.queries import ShownFinding, ShownItem, ShownReport
from compliance.inspections.states import Finding
from compliance.plans.models import Risk
from licensing.packs.letters.sample_holder import SAMPLE_ADDRESS, SAMPLE_NAME, first_morning
from licensing.packs.letters.sample_papers import (
    DIGEST,
    SAMPLE_OFFICER,
    SAMPLE_PERSON,
    evidence_words,
    found_words,
    reasons_words,
    sample_inspection,
)
from registry.schemes import Scheme, said
from registry.times import hours


def inspection_report(scheme: Scheme) -> Mapping[str, Any]:
    met, unmet = scheme.standards[0], scheme.standards[1]
    says = gettext("This is where the reply of the business goes.")
    report = ShownReport(
        inspection=sample_inspection(scheme),
        visited_on=scheme.version,
        summary=found_words(),
        business_comments=says,
        findings=(_finding(met, Finding.MET), _finding(unmet, Finding.NOT_MET, comment=says, exhibits=(1,))),
        points=unmet.points,
        failed=unmet.points >= scheme.fail_at,
        fail_at=scheme.fail_at,
        exhibits=(ShownItem(1, gettext("Document"), evidence_words(), scheme.version, "", DIGEST, unmet.code, "", ""),),
        interviews={"held": 6, "declined": 2},
        indicators=(),
        signatures=(),
        left_out_exhibits=1,
        left_out_words=True,
        left_out_interviews=True,
    )
    title = said(scheme.title, get_language())
    return {"report": report, "digest": DIGEST, "scheme_title": title, "full": False, "replies": (), "versions": ()}


def _finding(standard: Any, finding: Finding, *, comment: str = "", exhibits: tuple[int, ...] = ()) -> ShownFinding:
    return ShownFinding(
        code=standard.code,
        title=said(standard.title, get_language()),
        critical=standard.critical,
        finding=finding,
        finding_in_words=str(finding.label),
        evidence=evidence_words(),
        business_comment=comment,
        points=standard.points if finding == Finding.NOT_MET else 0,
        exhibits=exhibits,
    )


def briefing(scheme: Scheme) -> Mapping[str, Any]:
    plan = SimpleNamespace(
        day=scheme.version + timedelta(days=7),
        hours=hours(time(10), time(15)),
        where=", ".join(SAMPLE_ADDRESS.values()),
        announced=False,
        because=reasons_words(),
        joint=SimpleNamespace(all=[SimpleNamespace(officer=SAMPLE_PERSON)]),
        agencies=SimpleNamespace(all=[]),
        interpreters=SimpleNamespace(all=[]),
        meeting_point=SAMPLE_ADDRESS["town"],
        vehicle="",
        get_risk_display=str(Risk.LOW.label),
        safety_notes="",
        people_to_meet=SAMPLE_PERSON,
    )
    tested = scheme.standards[:3]
    shown = SimpleNamespace(
        inspection=sample_inspection(scheme),
        plan=plan,
        standards=[(one.code, said(one.title, get_language()), one.critical) for one in tested],
        former=[],
        conditions=[],
        follow_ups=[
            SimpleNamespace(
                standard=tested[0].code,
                action=gettext("This is where the corrective action goes."),
                due_on=scheme.version + timedelta(days=56),
            )
        ],
    )
    return {"briefing": shown}


def prosecutes(scheme: Scheme) -> bool:
    return scheme.enforcement is not None


def prosecutor_file(scheme: Scheme) -> Mapping[str, Any]:
    assert scheme.enforcement is not None, "only a version with enforcement has this file"
    offence, language, at = scheme.enforcement.offences[0], get_language() or "en", first_morning(scheme)
    kept_at = ", ".join(SAMPLE_ADDRESS.values())
    taken = {
        "at": at,
        "act": str(CustodyAct.TAKEN.label),
        "holder": SAMPLE_OFFICER,
        "place": kept_at,
        "seal": "0000",
    }
    piece = {
        "title": f"{MaterialKind.EXHIBIT.label} E-0000-0000",
        "description": evidence_words(),
        "kept_at": kept_at,
    }
    return {
        "file": SimpleNamespace(
            number=1, made_at=at, made_by=SAMPLE_OFFICER, read_at=at, read_by=SAMPLE_PERSON, digest=DIGEST
        ),
        "case": SimpleNamespace(get_against_display=str(CaseTarget.SUPPLIER.label), officer=SAMPLE_OFFICER),
        "content": {"about": {"name": SAMPLE_NAME, "described": ""}, "proposed_because": reasons_words()},
        "offences": [
            ShownOffence(
                section=offence.section,
                title=said(offence.title, language),
                maximum=said(offence.maximum, language),
                defence=said(offence.defence, language) if offence.defence else "",
                committed_from=scheme.version,
                committed_until=None,
                place=kept_at,
                elements=tuple(
                    ShownElement(said(one.title, language), "yes", evidence_words(), kept_at)
                    for one in offence.elements
                ),
            )
        ],
        "steps": [{"kind": str(StepTaken.REGISTER.label), "receipt": "", "note": ""}],
        "evidence": [{**piece, "number": 1, "digest": DIGEST, "custody": [taken]}],
        "unused": [{**piece, "number": 2}],
        "sensitive": [
            {"number": 3, "kind": str(MaterialKind.TOLD.label), "why": str(WhySensitive.SOURCE.label)},
        ],
    }
