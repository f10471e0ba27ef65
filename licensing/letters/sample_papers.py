"""Samples of what is printed: each paper in a version and a language, about somebody who does not exist."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from compliance.enforcement.models.cases import Against, StepTaken
from compliance.enforcement.models.prosecution import MaterialKind, WhySensitive
from compliance.enforcement.queries.prosecution import ShownElement, ShownOffence
from compliance.exhibits.models import CustodyAct
from compliance.inspection_reports.queries import ShownFinding, ShownItem, ShownReport
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.states import Finding
from compliance.plans.models import Risk
from licensing.letters import samples
from licensing.letters.samples import SAMPLE_ADDRESS, SAMPLE_NAME, SAMPLE_NUMBER, SAMPLE_TELEPHONE, first_morning
from licensing.letters.sending import standard_in_words
from licensing.models import Appeal, Application, Decision, Exhibit, Ground, GroundReply, Notice, Representation
from licensing.queries import paper_form
from licensing.queries.bundles import Annex, Bundle, Told
from licensing.queries.decisions import TITLES, ShownGround
from licensing.states import DecisionKind
from registry.accounts.models import User
from registry.documents.models import Document
from registry.identifiers import lines_of
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import pdf, printed, words
from registry.register.states import Outcome, Standing
from registry.schemes import Scheme, said

SAMPLE_PERSON, SAMPLE_OFFICER = "Alex Sample", "Sam Sample"
DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed for somebody and not written to them; `facts` are those of the sample, in the language of now."""

    code: str
    title: str | Promise
    template: str
    whose: str | Promise
    facts: Callable[[Scheme], Mapping[str, Any]]
    is_of: Callable[[Scheme], bool] = lambda scheme: True


def facts_of(paper: Paper, scheme: Scheme, *, language: str, on: date) -> dict[str, Any]:
    """What the template of a paper says in its sample."""
    with translation.override(language):
        authority = {
            "name": said(scheme.authority.name, language),
            "address": scheme.authority.address,
            "telephone": scheme.authority.telephone,
        }
        sample = {"is_sample": True, "is_to_come": scheme.version > on}
        return {"authority": authority, "title": str(paper.title), **sample, **paper.facts(scheme)}


def printed_sample(paper: Paper, scheme: Scheme, *, language: str, on: date) -> bytes:
    """A paper to nobody, marked as a preview, dated on the first day of the version, as read on this day. Raises `PdfUnavailable`."""
    at = first_morning(scheme)
    if paper.code == "certificate":
        return printed.preview(scheme, samples.sample_holder(scheme), language=language, at=at)
    record = {"kind": "preview", "paper": paper.code, "scheme": scheme.name, "version": scheme.version}
    facts = facts_of(paper, scheme, language=language, on=on)
    return pdf.pdf(paper.template, facts=facts, record=record, language=language, at=at, unfinished=True)


def certificate(scheme: Scheme) -> Mapping[str, Any]:
    """Its preview has facts of its own."""
    return {}


def form(scheme: Scheme) -> Mapping[str, Any]:
    return {
        **asdict(paper_form(scheme)),
        "version": scheme.version,
    }


def bundle(scheme: Scheme) -> Mapping[str, Any]:
    at, day, language = first_morning(scheme), scheme.version, get_language() or "en"
    decision = Decision(
        reference="D-0000-0000",
        kind=DecisionKind.REVOKE,
        application=Application(organisation=_organisation()),
        because=_reasons(),
        decided_because=_reasons(),
        points=scheme.standards[0].points,
    )
    ground = Ground(
        decision=decision,
        number=1,
        text=_found(),
        notice=Notice(decision=decision, number=1, sent_at=at),
        upheld=True,
        concluded_because=gettext("What we make of the reply stands here."),
    )
    replied = gettext("What the business says stands here.")
    shown = ShownGround(
        ground=ground,
        rests_on=standard_in_words(scheme, scheme.standards[0].code, language),
        exhibits=(Exhibit(ground=ground, source="", text=_evidence()),),
        replies=(GroundReply(ground=ground, text=replied),),
    )
    notice = samples.sample(scheme, "notice_of_proposal", language=language)
    papers = Bundle(
        appeal=Appeal(
            reference="P-0000-0000", decision=decision, grounds=replied, reply_text=_reasons(), received_on=day
        ),
        decision=decision,
        title=str(TITLES[DecisionKind.REVOKE]),
        law=tuple(said(one.law, language) for one in scheme.clocks if one.code == "appeal"),
        grounds=(shown,),
        left_out=1,
        said=(Representation(decision=decision, text=replied, received_at=at),),
        aggravating=(),
        mitigating=(),
        conditions=(),
        inspections=(_inspection(scheme),),
        dates=((gettext("Decided"), day), (gettext("Received by the secretariat"), day + timedelta(days=14))),
        letters=(Told(1, cast("Letter", SimpleNamespace(subject=notice.subject, at=at)), words.fragment(notice)),),
        annexes=(Annex(1, 1, Document(name="sample.pdf"), pages=1),),
    )
    return {"papers": papers}


def inspection_report(scheme: Scheme) -> Mapping[str, Any]:
    met, unmet = scheme.standards[0], scheme.standards[1]
    says = gettext("What the business says stands here.")
    report = ShownReport(
        inspection=_inspection(scheme),
        visited_on=scheme.version,
        summary=_found(),
        business_comments=says,
        findings=(_finding(met, Finding.MET), _finding(unmet, Finding.NOT_MET, comment=says, exhibits=(1,))),
        points=unmet.points,
        failed=unmet.points >= scheme.fail_at,
        fail_at=scheme.fail_at,
        exhibits=(ShownItem(1, gettext("Document"), _evidence(), scheme.version, "", DIGEST, unmet.code, "", ""),),
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
        evidence=_evidence(),
        business_comment=comment,
        points=standard.points if finding == Finding.NOT_MET else 0,
        exhibits=exhibits,
    )


def briefing(scheme: Scheme) -> Mapping[str, Any]:
    plan = SimpleNamespace(
        day=scheme.version + timedelta(days=7),
        starts=time(10),
        ends=time(15),
        where=", ".join(SAMPLE_ADDRESS.values()),
        announced=False,
        because=_reasons(),
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
        inspection=_inspection(scheme),
        plan=plan,
        standards=[(one.code, said(one.title, get_language()), one.critical) for one in tested],
        former=[],
        conditions=[],
        follow_ups=[
            SimpleNamespace(
                standard=tested[0].code,
                action=gettext("What must be put right stands here."),
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
        "description": _evidence(),
        "kept_at": kept_at,
    }
    return {
        "file": SimpleNamespace(
            number=1, made_at=at, made_by=SAMPLE_OFFICER, read_at=at, read_by=SAMPLE_PERSON, digest=DIGEST
        ),
        "case": SimpleNamespace(get_against_display=str(Against.SUPPLIER.label), officer=SAMPLE_OFFICER),
        "content": {"about": {"name": SAMPLE_NAME, "described": ""}, "proposed_because": _reasons()},
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
                    ShownElement(said(one.title, language), "yes", _evidence(), kept_at) for one in offence.elements
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


def receipt(scheme: Scheme) -> Mapping[str, Any]:
    at, holder = first_morning(scheme), samples.sample_holder(scheme)
    site = settings.SITE_ADDRESS
    entry = SimpleNamespace(
        number=SAMPLE_NUMBER,
        name=SAMPLE_NAME,
        trading_names=(),
        company_number="",
        issued_by=said(scheme.authority.name, get_language()),
        valid_from=holder.valid_from,
        valid_until=holder.valid_until,
        standing=Standing.LICENSED,
        outcome=Outcome.LICENSED,
        is_licensed=True,
        condition_count=0,
    )
    proof = SimpleNamespace(
        number="V-0000-0000",
        outcome=Outcome.LICENSED,
        last_day=holder.valid_until,
        is_of_a_past_day=False,
        taken_at=at,
        as_at=at,
        asked_for=SAMPLE_NUMBER,
        address=lines_of(SAMPLE_ADDRESS),
        sectors=[said(scheme.sectors[0].title, get_language())],
        conditions=(),
        conditions_said=(),
        checked_by={},
        record={"entry": {"number": 0, "hash": DIGEST}, "register": {"entries": 0, "hash": DIGEST}},
    )
    address = f"{site}/check/"
    return {
        "proof": proof,
        "entry": entry,
        "address": address,
        "site": site,
        "qr": printed.square(address),
        "key": DIGEST[:16],
    }


# --- what they have in common


def _organisation() -> Organisation:
    return Organisation(legal_name=SAMPLE_NAME, address=SAMPLE_ADDRESS, telephone=SAMPLE_TELEPHONE)


def _inspection(scheme: Scheme) -> Inspection:
    return Inspection(
        reference="I-0000-0000",
        organisation=_organisation(),
        kind=InspectionKind.COMPLIANCE,
        inspector=User(name=SAMPLE_OFFICER),
        confirmed_at=first_morning(scheme),
        confirmed_by=User(name=SAMPLE_PERSON),
        version=scheme.version,
        brief=gettext("What is to be done stands here."),
    )


def _reasons() -> str:
    return gettext("The reasons for the decision stand here.")


def _found() -> str:
    return gettext("What was found stands here.")


def _evidence() -> str:
    return gettext("How we know it stands here.")
