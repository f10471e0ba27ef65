"""What applications, checks, decisions and payments hold about people: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, PersonalFields

PERSONAL = (
    PersonalFields(
        "licensing.Application",
        "altering signed_name facts",
        terms=("drafts", "applications", "licences"),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.Answer",
        "data",
        terms=("drafts", "applications", "licences"),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.Part",
        "name address code_digest pin_digest signed_name signed_digest role",
        terms=("drafts", "applications", "licences"),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.RequestItem",
        "answer",
        terms=("drafts", "applications", "licences"),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.RequestItem", "text", terms=("decisions",), seen_with=("licensing.view_applications", OWN)
    ),
    PersonalFields(
        "licensing.InformationRequest",
        "wanted_because",
        terms=("drafts", "applications", "licences"),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.InformationRequest",
        "closed_because",
        terms=("decisions",),
        seen_with=("licensing.view_applications", OWN),
    ),
    PersonalFields(
        "licensing.Change", "data called because", terms=("licences",), seen_with=("licensing.view_changes", OWN)
    ),
    PersonalFields(
        "licensing.Paper", "file_reference", terms=("decisions",), seen_with=("licensing.view_applications",)
    ),
    PersonalFields(
        "licensing.Transfer", "to_name because", terms=("decisions",), seen_with=("licensing.view_changes", OWN)
    ),
    PersonalFields(
        "licensing.Appeal",
        "number grounds reply_text hearing_place outcome_because put_standard put_requirement put_more undecided_because",
        terms=("decisions",),
        seen_with=("licensing.view_appeals", OWN),
    ),
    PersonalFields(
        "licensing.AppealBundle",
        "contents refused stored_as",
        terms=("decisions",),
        seen_with=("licensing.view_appeals",),
    ),
    PersonalFields("licensing.Note", "text", terms=("decisions",), seen_with=("licensing.view_applications",)),
    PersonalFields("licensing.Check", "subject", terms=("decisions",), seen_with=("licensing.view_applications",)),
    PersonalFields(
        "licensing.Reply",
        "evidence items restriction answered_by sanitised",
        terms=("decisions",),
        seen_with=("licensing.read_replies",),
    ),
    PersonalFields("licensing.Release", "given_by words", terms=("decisions",), seen_with=("licensing.read_replies",)),
    PersonalFields("licensing.DeskCheck", "text", terms=("decisions",), seen_with=("licensing.view_applications",)),
    PersonalFields(
        "licensing.ReplyOverride",
        "because evidence refused_because answer",
        terms=("decisions",),
        seen_with=("licensing.view_applications",),
    ),
    PersonalFields("licensing.Evidence", "text", terms=("decisions",), seen_with=("licensing.view_decisions", OWN)),
    PersonalFields(
        "licensing.FileEntry",
        "with_whom address title text mail_id not_kept set_aside_because",
        terms=("letters",),
        seen_with=("licensing.view_applications",),
    ),
    PersonalFields(
        "licensing.Ground", "text concluded_because", terms=("decisions",), seen_with=("licensing.view_decisions", OWN)
    ),
    PersonalFields(
        "licensing.Exhibit", "source text", terms=("decisions",), seen_with=("licensing.view_decisions", OWN)
    ),
    PersonalFields(
        "licensing.ProposedCondition",
        "requirement was_requirement",
        terms=("decisions",),
        seen_with=("licensing.view_decisions", OWN),
    ),
    PersonalFields(
        "licensing.Representation", "text", terms=("decisions",), seen_with=("licensing.view_decisions", OWN)
    ),
    PersonalFields("licensing.GroundReply", "text", terms=("decisions",), seen_with=("licensing.view_decisions", OWN)),
    PersonalFields(
        "licensing.Decision",
        "immediate_because because departs_because weighed decided_because despite not_agreed_because",
        terms=("decisions",),
        seen_with=("licensing.view_decisions", OWN),
    ),
    PersonalFields(
        "licensing.DecisionReview", "comments answer", terms=("decisions",), seen_with=("licensing.view_decisions",)
    ),
    PersonalFields("licensing.DutyCalendar", "seed code_digest", terms=("account",), seen_with=(OWN,)),
    PersonalFields("licensing.ReminderChoice", "telephone", terms=("account",), seen_with=(OWN,)),
    PersonalFields("licensing.DutyText", "user task", terms=("reminders",), seen_with=(NO_ONE,)),
    PersonalFields("licensing.DutyReminder", "user task", terms=("reminders",), seen_with=(NO_ONE,)),
    PersonalFields(
        "licensing.FindingToConsider",
        "no_action_because",
        terms=("decisions",),
        seen_with=("licensing.view_decisions",),
    ),
    PersonalFields("licensing.Waiver", "because", terms=("decisions",), seen_with=("licensing.view_applications",)),
    PersonalFields(
        "licensing.InsuranceProof", "because", terms=("licences",), seen_with=("registry.view_licences", OWN)
    ),
    PersonalFields(
        "licensing.LetterCorrection",
        "wrong right facts because refused_because",
        terms=("letters",),
        seen_with=("licensing.view_applications",),
    ),
    PersonalFields(
        "licensing.ReasonCorrection",
        "sentence because",
        terms=("decisions",),
        seen_with=("licensing.view_decisions",),
    ),
    PersonalFields("licensing.Message", "text", terms=("decisions",), seen_with=("licensing.view_applications", OWN)),
    PersonalFields("licensing.Statement", "name rows", terms=("money",), seen_with=("licensing.record_payment",)),
    PersonalFields(
        "licensing.StatementLine",
        "description bank_reference set_aside_because",
        terms=("money",),
        seen_with=("licensing.record_payment",),
    ),
    PersonalFields(
        "licensing.Payment", "bank_reference because", terms=("money",), seen_with=("licensing.view_applications",)
    ),
    PersonalFields("licensing.Refund", "because", terms=("money",), seen_with=("licensing.view_applications",)),
    PersonalFields("licensing.Demand", "evidence", terms=("money",), seen_with=("licensing.view_applications",)),
    PersonalFields(
        "licensing.LookAlike",
        "signals records news dismissal_because because",
        terms=("decisions",),
        seen_with=("licensing.view_look_alikes",),
    ),
    PersonalFields(
        "licensing.WatchlistMatch",
        "who listed_name list_says judged_because follows",
        terms=("decisions",),
        seen_with=("licensing.view_look_alikes",),
    ),
)

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
