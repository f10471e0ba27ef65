"""What applications, checks, decisions and payments hold about people: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, held_for

PERSONAL = {
    held_for("drafts applications licences", "licensing.view_applications", OWN): {
        "licensing.Application": "altering signed_name facts",
        "licensing.Answer": "data",
        "licensing.Part": "name address code_digest pin_digest signed_name signed_digest role",
        "licensing.RequestItem": "answer",
        "licensing.InformationRequest": "wanted_because",
    },
    held_for("decisions", "licensing.view_applications", OWN): {
        "licensing.RequestItem": "text",
        "licensing.InformationRequest": "closed_because",
        "licensing.Message": "text",
    },
    held_for("licences", "licensing.view_changes", OWN): {"licensing.Change": "data called because"},
    held_for("decisions", "licensing.view_applications"): {
        "licensing.Paper": "file_reference",
        "licensing.Note": "text",
        "licensing.Check": "subject",
        "licensing.DeskCheck": "text",
        "licensing.ReplyOverride": "because evidence refused_because answer",
        "licensing.Waiver": "because",
    },
    held_for("decisions", "licensing.view_changes", OWN): {"licensing.Transfer": "to_name because"},
    held_for("decisions", "licensing.view_appeals", OWN): {
        "licensing.Appeal": "number grounds reply_text hearing_place outcome_because put_standard put_requirement put_more undecided_because"
    },
    held_for("decisions", "licensing.view_appeals"): {"licensing.AppealBundle": "contents refused stored_as"},
    held_for("decisions", "licensing.read_replies"): {
        "licensing.Reply": "evidence items restriction answered_by sanitised",
        "licensing.Release": "given_by words",
    },
    held_for("decisions", "licensing.view_decisions", OWN): {
        "licensing.Evidence": "text",
        "licensing.Ground": "text concluded_because",
        "licensing.Exhibit": "source text",
        "licensing.ProposedCondition": "requirement was_requirement",
        "licensing.Representation": "text",
        "licensing.GroundReply": "text",
        "licensing.Decision": "immediate_because because departs_because weighed decided_because despite not_agreed_because",
    },
    held_for("letters", "licensing.view_applications"): {
        "licensing.FileEntry": "with_whom address title text mail_id not_kept set_aside_because",
        "licensing.LetterCorrection": "wrong right facts because refused_because",
    },
    held_for("decisions", "licensing.view_decisions"): {
        "licensing.DecisionReview": "comments answer",
        "licensing.FindingToConsider": "no_action_because",
        "licensing.ReasonCorrection": "sentence because",
    },
    held_for("account", OWN): {
        "licensing.DutyCalendar": "seed code_digest",
        "licensing.ReminderChoice": "telephone",
    },
    held_for("reminders", NO_ONE): {
        "licensing.DutyText": "user task",
        "licensing.DutyReminder": "user task",
    },
    held_for("licences", "registry.view_licences", OWN): {"licensing.InsuranceProof": "because"},
    held_for("money", "licensing.record_payment"): {
        "licensing.Statement": "name rows",
        "licensing.StatementLine": "description bank_reference set_aside_because",
    },
    held_for("money", "licensing.view_applications"): {
        "licensing.Payment": "bank_reference because",
        "licensing.Refund": "because",
        "licensing.Demand": "evidence",
    },
    held_for("decisions", "licensing.view_look_alikes"): {
        "licensing.LookAlike": "signals records news dismissal_because because",
        "licensing.WatchlistMatch": "who listed_name list_says judged_because follows",
    },
}

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "licensing.Application": "fee_band payment_reference",
    "licensing.Answer": "page item",
    "licensing.CaseMark": "mark",
    "licensing.Change": "kind item",
    "licensing.AppealBundle": "sha256",
    "licensing.ErasureBatch": "things",
    "licensing.ErasureFailure": "rule kind thing why fault",
    "licensing.Check": "code handling",
    "licensing.RequestItem": "document",
    "licensing.Ground": "standard",
    "licensing.ChosenFactor": "code",
    "licensing.ProposedCondition": "standard",
    "licensing.Decision": "score_proposes",
    "licensing.FindingToConsider": "critical",
    "licensing.WatchlistMatch": "key list_title listed_reference",
    "licensing.Waiver": "trigger",
    "licensing.InsuranceProof": "code",
    "licensing.CardPayment": "provider_id code",
    "licensing.Statement": "columns",
    "licensing.StatementLine": "key",
    "licensing.Demand": "band",
    "licensing.Part": "page item language",
    "licensing.Pace": "kind days",
}
