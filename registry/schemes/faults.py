"""What is wrong with a pack whose every key is well-formed: things that contradict each other or point nowhere."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from registry.schemes import form_faults, help_faults, paths, told, visit_faults
from registry.schemes.clauses import asked_of_all, asked_of_applicant
from registry.schemes.conditions import DERIVED
from registry.schemes.form import Role
from registry.schemes.found import Found, doubles, unfit
from registry.schemes.requests import OF_ORGANISATION, OF_PERSON
from registry.schemes.retention import NOT_LONGER, Erased, Kept
from registry.schemes.review import texts
from registry.schemes.scheme import Band, CheckKind, FeeKind, Scheme
from registry.schemes.terms import Terms

SCHEME = "scheme"
# What the product itself sends, and so must find in every pack.
LETTERS = (
    "application_received",
    "request",
    "notice_of_proposal",
    "decision_grant",
    "decision_grant_with_conditions",
    "decision_refuse",
    "suspension",
    "suspension_immediate",
    "revocation",
    "revocation_immediate",
    "surrender",
    "licence_ended",
    "renewal_reminder",
    "licence",
)
# Besides, of a pack by which a holder can ask that its licence pass to another.
TRANSFER_LETTERS = ("transfer_allowed", "transfer_refused")
FEE_KINDS: tuple[FeeKind, ...] = ("application", "inspection", "renewal")
# Facts that the product adds later than an applicant is asked for documents.
NOT_YET_KNOWN = frozenset(DERIVED) - {"turnover_band", "nation", "renewal"}
# How the codes of the checks begin that the product makes by itself.
OWN_CHECK = "own_"
# What a programmer would fill in: texts are printed as they stand, and people would read it.
UNFILLED = ("{", "}", "%(")


@dataclass(frozen=True, slots=True)
class Fault:
    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.reason}"


def of_place(terms: Terms, folder: str) -> Iterator[tuple[str, str, str]]:
    """The folder is the name of the scheme, so scheme.toml must say the same."""
    if terms.name != folder:
        yield SCHEME, "scheme", f"is {terms.name!r} in a folder named {folder!r}"


def of(scheme: Scheme, parts: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a well-formed version that has these subjects: the subject, the key and the reason."""
    for part, find in FINDERS:
        if part == SCHEME or part in parts:  # a subject that this version may do without
            yield from ((part, key, reason) for key, reason in find(scheme))
    for key, reason in _of_texts(scheme):
        part = key.replace("standard_sections", "standards").split("[")[0].split(".")[0]
        yield part if part in parts else SCHEME, key, reason


def _of_terms(scheme: Scheme) -> Found:
    yield from doubles("sectors", (sector.code for sector in scheme.sectors))
    yield from doubles("activities", (one.code for sector in scheme.sectors for one in sector.activities))
    yield from doubles("nations", (nation.code for nation in scheme.nations))
    yield from doubles("help_lines", (line.code for line in scheme.help_lines))
    for key in scheme.changes.ends_licence:
        if key not in scheme.form.facts():
            yield "changes.ends_licence", f"the form does not ask {key!r}"


def _of_standards(scheme: Scheme) -> Found:
    yield from doubles("standards", (standard.code for standard in scheme.standards))
    yield from doubles("sections", (section.number for section in scheme.standard_sections))
    sections = {section.number for section in scheme.standard_sections}
    asked = asked_of_all(scheme)
    for standard in scheme.standards:
        key = f"standards[{standard.code}]"
        yield from unfit(f"{key}.applies_when", standard.applies_when, asked, scheme)
        if standard.section not in sections:
            yield f"{key}.section", f"there is no section {standard.section}"
        if standard.critical and standard.points < scheme.fail_at:
            yield f"{key}.points", f"a critical standard must fail alone: at least {scheme.fail_at} points"
        if not standard.critical and standard.points >= scheme.fail_at:
            yield f"{key}.critical", f"{standard.points} points fail alone, so the standard is critical"


def _of_fees(scheme: Scheme) -> Found:
    yield from doubles("bands", (band.code for band in scheme.fees.bands))
    yield from _of_bands(sorted(scheme.fees.bands, key=lambda band: band.start))
    yield from _of_amounts("amounts", scheme.fees.amounts, scheme)
    for kind in [kind for kind in FEE_KINDS if kind not in scheme.fees.amounts]:
        yield f"amounts.{kind}", "this key is missing"
    for past in scheme.fees.history:
        yield from _of_amounts(f"history[{past.in_force}].amounts", past.amounts, scheme)


def _of_bands(bands: list[Band]) -> Found:
    """Every turnover falls in exactly one band."""
    if bands[0].start != 0:
        yield f"bands[{bands[0].code}].from", "the lowest band must begin at 0"
    if bands[-1].below is not None:
        yield f"bands[{bands[-1].code}].below", "the highest band must have no upper end"
    for lower, upper in pairwise(bands):
        if lower.below != upper.start:
            yield f"bands[{lower.code}].below", f"must be {upper.start}, where band {upper.code} begins"


def _of_amounts(key: str, amounts: Mapping[FeeKind, Mapping[str, Any]], scheme: Scheme) -> Found:
    codes = {band.code for band in scheme.fees.bands}
    for kind, by_band in amounts.items():
        for code in sorted(codes.symmetric_difference(by_band)):
            yield f"{key}.{kind}.{code}", "no amount for this band" if code in codes else "there is no such band"


def _of_checks(scheme: Scheme) -> Found:
    yield from doubles("checks", (check.code for check in scheme.checks))
    for check in scheme.checks:
        if check.code.startswith(OWN_CHECK):
            yield f"checks[{check.code}].code", "begins as the checks that the product makes itself"
        yield from _of_roles(check, scheme)
        yield from unfit(f"checks[{check.code}].when", check.when, asked_of_all(scheme), scheme)
        if check.chaser_days > check.days_due:
            yield f"checks[{check.code}].chaser_days", "the reminder would go out after the reply is due"


def _of_roles(check: CheckKind, scheme: Scheme) -> Found:
    if check.roles and check.subject != "person":
        yield f"checks[{check.code}].roles", "only a check on a person has roles"
    for role in check.roles:
        if role not in _roles(scheme):
            yield f"checks[{check.code}].roles", f"the form has nobody in the role {role!r}"


def _of_requests(scheme: Scheme) -> Found:
    subjects: dict[str, str] = {check.code: check.subject for check in scheme.checks}
    yield from doubles("requests", (one.code for one in scheme.requests))
    for one in scheme.requests:
        key = f"requests[{one.code}]"
        if one.code not in subjects:
            yield f"{key}.code", "there is no such check"
            continue
        fits = OF_PERSON if subjects[one.code] == "person" else OF_ORGANISATION
        for fact in [fact for fact in one.tells if fact not in fits]:
            yield f"{key}.tells[{fact}]", f"nobody can be told this of one {subjects[one.code]}"
        yield from doubles(f"{key}.asks", (asked.code for asked in one.asks))


def _of_triggers(scheme: Scheme) -> Found:
    yield from doubles("triggers", (trigger.code for trigger in scheme.triggers))
    for trigger in scheme.triggers:
        yield from unfit(f"triggers[{trigger.code}].when", trigger.when, asked_of_all(scheme), scheme)


def _of_letters(scheme: Scheme) -> Found:
    yield from doubles("letters", (letter.code for letter in scheme.letters))
    codes = {letter.code for letter in scheme.letters}
    for missing in [code for code in LETTERS if code not in codes]:
        yield f"letters[{missing}]", "this letter is missing"


def _of_transfers(scheme: Scheme) -> Found:
    codes = {letter.code for letter in scheme.letters}
    for missing in [code for code in TRANSFER_LETTERS if code not in codes]:
        yield f"letters[{missing}]", "this letter is missing"


def _of_languages(scheme: Scheme) -> Found:
    """A text in a language that the pack does not declare is a slip; so is a gap in a language said to be reviewed."""
    declared = {"en", *scheme.translation}
    reviewed = {language for language, state in scheme.translation.items() if state == "reviewed"}
    for key, text in texts(scheme):
        for language in sorted(text.languages - declared):
            yield "translation", f"{key} is in {language!r}, which is not declared"
        for language in sorted(reviewed - text.languages):
            yield "translation", f"{key} is not in {language!r}, which is said to be reviewed"


def _of_texts(scheme: Scheme) -> Found:
    for key, text in texts(scheme):
        for language, words in text.root.items():
            if any(mark in words for mark in UNFILLED):
                yield key, f"the text in {language!r} is printed as it stands: people would read its braces"


def _of_renewals(scheme: Scheme) -> Found:
    known = {page.slug for page in scheme.form.pages}
    named = {"anew": scheme.renewals.anew, "confirmed": scheme.renewals.confirmed}
    for key, slugs in [*named.items(), ("of_scheme", scheme.renewals.of_scheme)]:
        for slug in [slug for slug in slugs if slug not in known]:
            yield f"{key}[{slug}]", "the form has no page of this name"
    yield from doubles("pages", (slug for slugs in named.values() for slug in slugs))


def _of_parts(scheme: Scheme) -> Found:
    assert scheme.parts is not None
    people = [page for page in scheme.form.pages if page.person or (page.list_of and page.list_of.of == "person")]
    asked = {question.key for page in people for question in page.questions}
    for key in [key for key in scheme.parts.shown if key not in asked]:
        yield f"shown[{key}]", "the form asks this of nobody"
    for role in [role for role in scheme.parts.must_sign if role not in _roles(scheme)]:
        yield f"must_sign[{role}]", "the form has nobody in this role"


def _of_reports(scheme: Scheme) -> Found:
    if scheme.objections and not scheme.public.show_applicants:
        yield "objections", "nobody can object to applicants whom the public is not shown (public.show_applicants)"
    if scheme.reporting:
        yield from doubles("reporting.happens", (one.code for one in scheme.reporting.happens))
    yield from doubles("guarded", (one.code for one in scheme.guarded))
    asked = {one.code for one in scheme.checks}
    for kind in scheme.guarded:
        yield from doubles(
            f"guarded[{kind.code}].bases", [*(one.code for one in kind.bases), *(one.code for one in kind.stated)]
        )
        for check in [check for check in kind.checks if check not in asked]:
            yield f"guarded[{kind.code}].checks[{check}]", "no check of this code is asked of anyone"


def _of_retention(scheme: Scheme) -> Found:
    rules = {one.code: one for one in scheme.retention}
    yield from doubles("retention", (one.code for one in scheme.retention))
    for code, one in rules.items():
        if one.months is not None and not one.is_erased:
            yield f"retention[{code}].months", "the product keeps this for good, and cannot erase it"
    # A pack that says nothing erases nothing; one that says something leaves nothing out.
    if missing := [code for code in (*get_args(Erased), *get_args(Kept)) if rules and code not in rules]:
        yield "retention", f"nothing says how long these are held: {', '.join(missing)}"
    for part, whole in NOT_LONGER:
        if part in rules and whole in rules and rules[part].term > rules[whole].term:
            yield f"retention[{part}].months", f"is held longer than what it belongs to ({whole})"


def _of_documents(scheme: Scheme) -> Found:
    yield from doubles("documents", (one.code for one in scheme.documents))
    for one in scheme.documents:
        yield from unfit(f"documents[{one.code}].when", one.when, asked_of_applicant(scheme), scheme)
        yield from doubles(f"documents[{one.code}].kinds", one.kinds)
        if one.when and any(clause.fact in NOT_YET_KNOWN for clause in one.when.clauses):
            yield f"documents[{one.code}].when", "is asked before the application is handed in, when this is not known"


def _of_asking(scheme: Scheme) -> Found:
    want, known = scheme.asking.want_of_reply, {standard.code for standard in scheme.standards}
    if want and want.standard not in known:
        yield "want_of_reply.standard", f"there is no standard {want.standard}"
    if scheme.asking.usual_days > scheme.asking.longest_days:
        yield "usual_days", "is longer than longest_days"


def _of_targeting(scheme: Scheme) -> Found:
    if scheme.targeting:
        yield from doubles("targeting.signals", (one.code for one in scheme.targeting.signals))


FINDERS = (
    (SCHEME, _of_terms),
    (SCHEME, _of_languages),
    ("standards", _of_standards),
    ("fees", _of_fees),
    ("form", form_faults.faults),
    ("checks", _of_checks),
    ("requests", _of_requests),
    ("triggers", _of_triggers),
    ("letters", _of_letters),
    ("renewals", _of_renewals),
    ("reports", _of_reports),
    ("documents", _of_documents),
    ("retention", _of_retention),
    ("eligibility", paths.faults),
    ("holding", told.faults),
    ("parts", _of_parts),
    ("intelligence", visit_faults.of_intelligence),
    ("interviews", visit_faults.of_interviews),
    ("contradictions", visit_faults.of_contradictions),
    ("factors", lambda scheme: doubles("factors", (one.code for one in scheme.factors))),
    ("targeting", _of_targeting),
    ("transfers", _of_transfers),
    ("asking", _of_asking),
    ("worker_help", help_faults.faults),
)


def _roles(scheme: Scheme) -> set[Role | None]:
    pages = scheme.form.pages
    return {page.person for page in pages} | {page.list_of.role for page in pages if page.list_of}
