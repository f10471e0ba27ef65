"""What organisations, accounts, letters, the register and the trail hold about people: under which terms, and who sees it."""

from registry.personal_data import EVERYONE, NO_ONE, OWN, PersonalFields

PERSONAL = (
    PersonalFields("registry.User", "password", terms=("account",), seen_with=(NO_ONE,)),
    PersonalFields(
        "registry.User", "email name language team", terms=("account",), seen_with=("registry.manage_people", OWN)
    ),
    PersonalFields("registry.ApiKey", "name", terms=("account",), seen_with=("registry.manage_people", OWN)),
    PersonalFields(
        "registry.AccessRequest",
        "because refused_because roles",
        terms=("work",),
        seen_with=("registry.manage_people",),
    ),
    PersonalFields(
        "registry.Conflict", "because ended_because", terms=("work",), seen_with=("registry.manage_conflicts",)
    ),
    PersonalFields("registry.Invitation", "email", terms=("account",), seen_with=("registry.manage_people", OWN)),
    PersonalFields(
        "registry.Organisation",
        "legal_name trading_names former_names company_number utr vat_number paye_references address telephone email website",
        terms=("register",),
        seen_with=("registry.view_organisations", OWN),
    ),
    PersonalFields("registry.Person", "full_name", terms=("register",), seen_with=("registry.view_organisations", OWN)),
    PersonalFields(
        "registry.Person",
        "former_name date_of_birth nationality nino address telephone email",
        terms=("people",),
        seen_with=("registry.view_organisations", OWN),
    ),
    PersonalFields("registry.Role", "title", terms=("register",), seen_with=("registry.view_organisations", OWN)),
    PersonalFields("registry.Fact", "value source", terms=("people",), seen_with=("registry.view_organisations",)),
    PersonalFields("registry.Event", "by by_name because facts", terms=("trail",), seen_with=("registry.read_trail",)),
    PersonalFields(
        "registry.Entry",
        "name trading_names former_names company_number address telephone email website named_people named_digests named_positions vehicles conditions reasons",
        terms=("register",),
        seen_with=(EVERYONE,),
    ),
    PersonalFields("registry.PublicReason", "sentence", terms=("register",), seen_with=(EVERYONE,)),
    PersonalFields("registry.Agency", "name email address", terms=("work",), seen_with=("registry.manage_agencies",)),
    PersonalFields(
        "registry.Campaign", "hypothesis refused_because", terms=("work",), seen_with=("registry.plan_campaigns",)
    ),
    PersonalFields("registry.AssignmentRule", "initials", terms=("work",), seen_with=("registry.assign_tasks",)),
    PersonalFields("registry.Condition", "requirement", terms=("register",), seen_with=(EVERYONE,)),
    PersonalFields(
        "registry.Document",
        "name stored_as",
        terms=("drafts", "applications", "licences", "exhibits"),
        seen_with=("licensing.view_applications", "compliance.view_inspections", OWN),
    ),
    PersonalFields(
        "registry.Letter",
        "address copies reached refused subject facts sheet",
        terms=("letters",),
        seen_with=("registry.view_organisations", OWN),
    ),
    PersonalFields(
        "registry.FormerLetter",
        "subject facts sheet addresses because",
        terms=("letters",),
        seen_with=("registry.view_organisations", OWN),
    ),
    PersonalFields("registry.OutboxItem", "last_error", terms=("letters",), seen_with=("registry.view_undelivered",)),
    PersonalFields("registry.Import", "title reported", terms=("register",), seen_with=("registry.import_lists",)),
    PersonalFields(
        "registry.Company",
        "name address previous_names",
        terms=("register",),
        seen_with=("registry.view_organisations",),
    ),
    PersonalFields(
        "registry.CompanyPerson",
        "name",
        terms=("register",),
        seen_with=("registry.view_organisations", "licensing.apply"),
    ),
    PersonalFields("registry.AlertSettings", "telephone", terms=("account",), seen_with=(OWN,)),
    PersonalFields("registry.IndexedName", "text folded squashed", terms=("people",), seen_with=(NO_ONE,)),
    PersonalFields("registry.IndexedClue", "key", terms=("people",), seen_with=(NO_ONE,)),
    PersonalFields("registry.IndexedWord", "word", terms=("people",), seen_with=(NO_ONE,)),
    PersonalFields("registry.Posting", "names", terms=("people",), seen_with=(NO_ONE,)),
    PersonalFields(
        "registry.Premises",
        "name address postcode place area",
        terms=("register",),
        seen_with=("registry.view_premises",),
    ),
    PersonalFields(
        "registry.PlaceOfSupply", "labour_user source", terms=("licences",), seen_with=("registry.view_premises",)
    ),
    PersonalFields(
        "registry.Consultation",
        "by roles reference within address",
        terms=("consultations",),
        seen_with=("registry.see_readers", "registry.read_trail"),
    ),
    PersonalFields("registry.Hold", "because", terms=("work",), seen_with=("registry.hold_data",)),
    PersonalFields("registry.PackEdition", "because", terms=("work",), seen_with=("registry.correct_packs",)),
    PersonalFields("registry.TrailVerification", "because", terms=("work",), seen_with=("registry.read_trail",)),
    PersonalFields(
        "registry.ListedParty",
        "name aliases company_number",
        terms=("register",),
        seen_with=("registry.view_organisations",),
    ),
    PersonalFields("registry.PreReleaseReader", "name", terms=("work",), seen_with=("registry.publish_statistics",)),
    PersonalFields("registry.PreReleaseReader", "post because", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields("registry.PartnerAgreement", "post because", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields("registry.PartnerAgreement", "basis", terms=("work",), seen_with=("registry.see_readers",)),
    PersonalFields("registry.Edition", "late_because", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields("registry.EditionDateMove", "because", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields("registry.EditionVersion", "because", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields(
        "registry.EditionVersion", "refused_because", terms=("work",), seen_with=("registry.publish_statistics",)
    ),
    PersonalFields(
        "registry.YearlyStatement", "did worked did_not_work changes", terms=("work",), seen_with=(EVERYONE,)
    ),
    PersonalFields("registry.StatementOpinion", "text", terms=("work",), seen_with=(EVERYONE,)),
    PersonalFields(
        "registry.Complaint",
        "text name email answer review_because review_answer",
        terms=("complaints",),
        seen_with=("registry.answer_complaints", OWN),
    ),
    PersonalFields("registry.SavedView", "name query", terms=("work",), seen_with=(OWN,)),
)

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "registry.ServiceFigures": "tables changes cases",
    "registry.Heartbeat": "lane failed",
    "registry.ApiKey": "scopes",
    "registry.Organisation": "language",
    "registry.Consent": "covers",
    "registry.Fact": "key handling",
    "registry.Event": "verb kind before after covers",
    "registry.Listing": "code",
    "registry.Entry": "number sectors supplies_to issued_by content_hash",
    "registry.PublicReason": "standard decision",
    "registry.Agency": "language basis public_key guarded_as",
    "registry.Remit": "code",
    "registry.AssignmentRule": "kind nation sector",
    "registry.Campaign": "title word places language",
    "registry.CampaignWeek": "word",
    "registry.Task": "kind open_key address",
    "registry.Licence": "number sectors countries_supplied",
    "registry.Condition": "standard",
    "registry.Document": "about requirement media_type original_digest fault",
    "registry.Letter": "number template language trail_hash message_id",
    "registry.FormerLetter": "template language trail_hash",
    "registry.OutboxItem": "queue",
    "registry.Import": "source licence file",
    "registry.Company": "number category status activities",
    "registry.CompanyPerson": "number",
    "registry.Holiday": "name",
    "registry.Edition": "code",
    "registry.EditionTable": "code content",
    "registry.YearlyStatement": "code",
    "registry.Complaint": "once language",
    "registry.IndexedName": "space kind",
    "registry.IndexedClue": "space kind",
    "registry.IndexedWord": "space",
    "registry.Premises": "kind approval_number local_authority activities source",
    "registry.Consultation": "kind verb",
    "registry.Erasure": "rule kind salt",
    "registry.KeyedCounts": "subject title variables cells",
    "registry.PackEdition": "said",
    "registry.TrailVerification": "published_hash head_hash faults",
    "registry.ListedParty": "source",
    "registry.RowDigest": "kind row salt",
}
