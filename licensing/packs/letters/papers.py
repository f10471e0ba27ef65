"""Every kind of letter that this service writes: what it is for, who gets it and when, and a sample by version and language.

What goes out by itself is read here beforehand: there is no button beside which it could be read first.
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.packs.letters import sample_papers, sample_papers_of_compliance
from licensing.packs.letters.kinds import APPLICANT, BOTH, BUSINESS
from licensing.packs.letters.sample_papers import SamplePaper
from registry.schemes import Scheme

PAPERS: tuple[SamplePaper, ...] = (
    SamplePaper(
        "certificate",
        _("Certificate of a licence"),
        "registry/letters/certificate.html",
        BOTH,
        facts=sample_papers.certificate,
    ),
    SamplePaper(
        "paper_form",
        _("Form of an application, to fill in by hand"),
        "licensing/letters/paper_form.html",
        APPLICANT,
        facts=sample_papers.form,
    ),
    SamplePaper(
        "bundle",
        _("Bundle of an appeal"),
        "licensing/letters/bundle.html",
        _("The tribunal, and both sides"),
        facts=sample_papers.bundle,
    ),
    SamplePaper(
        "inspection_report",
        _("Report of an inspection"),
        "compliance/letters/inspection_report.html",
        BUSINESS,
        facts=sample_papers_of_compliance.inspection_report,
    ),
    SamplePaper(
        "briefing",
        _("Briefing for a visit"),
        "compliance/letters/briefing.html",
        _("The inspector on the visit"),
        facts=sample_papers_of_compliance.briefing,
    ),
    SamplePaper(
        "prosecutor_file",
        _("File for the prosecutor"),
        "compliance/letters/prosecutor_file.html",
        _("The prosecutor"),
        facts=sample_papers_of_compliance.prosecutor_file,
        is_of=sample_papers_of_compliance.prosecutes,
    ),
    SamplePaper(
        "receipt",
        _("Proof of check"),
        "public_lookup/letters/receipt.html",
        _("The person who looked up the labour provider"),
        facts=sample_papers.receipt,
    ),
)


def papers_of(scheme: Scheme) -> Iterator[SamplePaper]:
    """Every paper that this version of the scheme can bring."""
    return (one for one in PAPERS if one.is_of(scheme))


def paper(scheme: Scheme, code: str) -> SamplePaper:
    """Raises LookupError where the version has no such paper."""
    for one in papers_of(scheme):
        if one.code == code:
            return one
    raise LookupError(code)
