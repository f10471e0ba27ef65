"""What organisations, accounts, letters, the register and the trail hold about people: under which terms, and who sees it."""

from registry.personal_data import EVERYONE, NO_ONE, OWN, held_for

PERSONAL = {
    held_for("account", NO_ONE): {"registry.User": "password"},
    held_for("account", "registry.manage_people", OWN): {
        "registry.User": "email name language team",
        "registry.ApiKey": "name",
        "registry.Invitation": "email",
    },
    held_for("work", "registry.manage_people"): {
        "registry.AccessRequest": "because refused_because roles",
        "registry.BreakGlassSignIn": "used_for",
    },
    held_for("work", "registry.manage_conflicts"): {"registry.Conflict": "because ended_because"},
    held_for("register", "registry.view_organisations", OWN): {
        "registry.Organisation": "legal_name trading_names former_names company_number utr vat_number paye_references address telephone email website",
        "registry.Person": "full_name",
        "registry.Role": "title",
    },
    held_for("people", "registry.view_organisations", OWN): {
        "registry.Person": "former_name date_of_birth nationality nino address telephone email"
    },
    held_for("people", "registry.view_organisations"): {"registry.Fact": "value source"},
    held_for("trail", "registry.read_trail"): {"registry.Event": "by by_name because facts"},
    held_for("register", EVERYONE): {
        "registry.Entry": "name trading_names former_names company_number address telephone email website named_people named_digests named_positions vehicles conditions reasons",
        "registry.PublicReason": "sentence",
        "registry.Condition": "requirement",
    },
    held_for("work", "registry.manage_agencies"): {"registry.Agency": "name email address"},
    held_for("work", "registry.plan_campaigns"): {"registry.Campaign": "hypothesis refused_because"},
    held_for("work", "registry.assign_tasks"): {"registry.AssignmentRule": "initials"},
    held_for(
        "drafts applications licences exhibits", "licensing.view_applications", "compliance.view_inspections", OWN
    ): {"registry.Document": "name stored_as"},
    held_for("letters", "registry.view_organisations", OWN): {
        "registry.Letter": "address copies reached refused subject facts sheet",
        "registry.FormerLetter": "subject facts sheet addresses because",
    },
    held_for("letters", "registry.view_undelivered"): {"registry.OutboxItem": "last_error"},
    held_for("register", "registry.import_lists"): {"registry.Import": "title reported"},
    held_for("register", "registry.view_organisations"): {
        "registry.Company": "name address previous_names",
        "registry.ListedParty": "name aliases company_number",
    },
    held_for("register", "registry.view_organisations", "licensing.apply"): {"registry.CompanyPerson": "name"},
    held_for("account", OWN): {"registry.AlertSettings": "telephone"},
    held_for("people", NO_ONE): {
        "registry.IndexedName": "text folded squashed",
        "registry.IndexedClue": "key",
        "registry.IndexedWord": "word",
        "registry.Posting": "names",
    },
    held_for("register", "registry.view_premises"): {"registry.Premises": "name address postcode place area"},
    held_for("licences", "registry.view_premises"): {"registry.PlaceOfSupply": "labour_user source"},
    held_for("consultations", "registry.see_readers", "registry.read_trail"): {
        "registry.Consultation": "by roles reference within address"
    },
    held_for("work", "registry.hold_data"): {"registry.Hold": "because"},
    held_for("work", "registry.correct_packs"): {"registry.PackEdition": "because"},
    held_for("work", "registry.read_trail"): {"registry.TrailVerification": "because"},
    held_for("work", "registry.publish_statistics"): {
        "registry.PreReleaseReader": "name",
        "registry.EditionVersion": "refused_because",
    },
    held_for("work", EVERYONE): {
        "registry.PreReleaseReader": "post because",
        "registry.PartnerAgreement": "post because",
        "registry.Edition": "late_because",
        "registry.EditionDateMove": "because",
        "registry.EditionVersion": "because",
        "registry.YearlyStatement": "did worked did_not_work changes",
        "registry.StatementOpinion": "text",
    },
    held_for("work", "registry.see_readers"): {"registry.PartnerAgreement": "basis"},
    held_for("complaints", "registry.answer_complaints", OWN): {
        "registry.Complaint": "text name email answer review_because review_answer"
    },
    held_for("material_orders", "registry.handle_material_orders", OWN): {
        "registry.MaterialOrder": "name organisation address email because"
    },
    held_for("register", "registry.view_take_overs"): {
        "registry.TakeOver": "refused",
        "registry.TakenOverHolder": "key",
    },
    held_for("work", "registry.view_take_overs"): {"registry.TakeOverQuestion": "found"},
    held_for("work", OWN): {"registry.SavedView": "name query"},
}

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
    "registry.Entry": "number sectors supplies_to issued_by taken_over content_hash",
    "registry.PublicReason": "standard decision",
    "registry.ReadingSeal": "salt digest",
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
    "registry.MaterialOrder": "once word language languages",
    "registry.TakeOver": "authority files given",
    "registry.TakenOverHolder": "authority digests",
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
