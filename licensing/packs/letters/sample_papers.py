"""Samples of what is printed: each paper in a version and a language, about somebody who does not exist."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from compliance.inspections.models import Inspection, InspectionKind
from licensing.appeals.models import Appeal
from licensing.appeals.queries.bundles import Annex, Bundle, BundleLetter
from licensing.application_form.queries import paper_form
from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import Exhibit, Ground, GroundReply, Notice, Representation
from licensing.decisions.queries.grounds import ShownGround
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import KINDS
from licensing.letters.letters import standard_in_words
from licensing.packs.letters import sample_holder as samples
from licensing.packs.letters import samples as samples_letters
from licensing.packs.letters.sample_holder import (
    SAMPLE_ADDRESS,
    SAMPLE_NAME,
    SAMPLE_NUMBER,
    SAMPLE_TELEPHONE,
    first_morning,
)
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
class SamplePaper:
    """What is printed for somebody and not written to them; `facts` are those of the sample, in the language of now."""

    code: str
    title: str | Promise
    template: str
    whose: str | Promise
    facts: Callable[[Scheme], Mapping[str, Any]]
    is_of: Callable[[Scheme], bool] = lambda scheme: True


def facts_of(paper: SamplePaper, scheme: Scheme, *, language: str, on: date) -> dict[str, Any]:
    """What the template of a paper says in its sample."""
    with translation.override(language):
        authority = {
            "name": said(scheme.authority.name, language),
            "address": scheme.authority.address,
            "telephone": scheme.authority.telephone,
        }
        sample = {"is_sample": True, "is_to_come": scheme.version > on}
        return {"authority": authority, "title": str(paper.title), **sample, **paper.facts(scheme)}


def printed_sample(paper: SamplePaper, scheme: Scheme, *, language: str, on: date) -> bytes:
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
        because=reasons_words(),
        decided_because=reasons_words(),
        points=scheme.standards[0].points,
    )
    ground = Ground(
        decision=decision,
        number=1,
        text=found_words(),
        notice=Notice(decision=decision, number=1, sent_at=at),
        upheld=True,
        concluded_because=gettext("This is where our view of the reply goes."),
    )
    replied = gettext("This is where the reply of the business goes.")
    shown = ShownGround(
        ground=ground,
        rests_on=standard_in_words(scheme, scheme.standards[0].code, language),
        exhibits=(Exhibit(ground=ground, source="", text=evidence_words()),),
        replies=(GroundReply(ground=ground, text=replied),),
    )
    notice = samples_letters.sample(scheme, "notice_of_proposal", language=language)
    papers = Bundle(
        appeal=Appeal(
            reference="P-0000-0000", decision=decision, grounds=replied, reply_text=reasons_words(), received_on=day
        ),
        decision=decision,
        title=str(KINDS[DecisionKind.REVOKE].title),
        law=tuple(said(one.law, language) for one in scheme.clocks if one.code == "appeal"),
        grounds=(shown,),
        left_out=1,
        said=(Representation(decision=decision, text=replied, received_at=at),),
        aggravating=(),
        mitigating=(),
        conditions=(),
        inspections=(sample_inspection(scheme),),
        dates=((gettext("Decided"), day), (gettext("Received by the secretariat"), day + timedelta(days=14))),
        letters=(
            BundleLetter(1, cast("Letter", SimpleNamespace(subject=notice.subject, at=at)), words.fragment(notice)),
        ),
        annexes=(Annex(1, 1, Document(name="sample.pdf"), pages=1),),
    )
    return {"papers": papers}


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
        when_made=SimpleNamespace(entry=entry, outcome=Outcome.LICENSED, last_day=holder.valid_until),
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


def sample_inspection(scheme: Scheme) -> Inspection:
    return Inspection(
        reference="I-0000-0000",
        organisation=_organisation(),
        kind=InspectionKind.COMPLIANCE,
        inspector=User(name=SAMPLE_OFFICER),
        confirmed_at=first_morning(scheme),
        confirmed_by=User(name=SAMPLE_PERSON),
        version=scheme.version,
        brief=gettext("This is where the action needed goes."),
    )


def reasons_words() -> str:
    return gettext("This is where the reasons go.")


def found_words() -> str:
    return gettext("This is where the findings go.")


def evidence_words() -> str:
    return gettext("This is where the evidence goes.")
