"""What reports, intelligence, visits and enforcement hold about people: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, PersonalFields

REPORTS, READS = ("compliance.handle_reports",), ("compliance.read_intelligence",)
CHOOSES = ("compliance.choose_visits",)
JOINS = ("compliance.record_intelligence", "compliance.receive_intelligence")

PERSONAL = (
    PersonalFields(
        "compliance.Report",
        "text about_name about_number about_place happened outcome",
        terms=("reports",),
        seen_with=REPORTS,
    ),
    PersonalFields("compliance.Report", "mailbox_key", terms=("mailboxes",), seen_with=(NO_ONE,)),
    PersonalFields("compliance.ReportContact", "sealed", terms=("mailboxes",), seen_with=REPORTS),
    PersonalFields("compliance.ReportMessage", "text", terms=("mailboxes",), seen_with=REPORTS),
    PersonalFields("compliance.MessageTranslation", "text translator", terms=("mailboxes",), seen_with=REPORTS),
    PersonalFields("compliance.ReportPhoto", "content", terms=("reports",), seen_with=REPORTS),
    PersonalFields("compliance.ReportRecording", "sealed", terms=("reports",), seen_with=REPORTS),
    PersonalFields("compliance.ReportTranslation", "text translator", terms=("reports",), seen_with=REPORTS),
    PersonalFields("compliance.Triage", "because called", terms=("reports",), seen_with=REPORTS),
    PersonalFields("compliance.ReportLink", "because", terms=("reports",), seen_with=REPORTS),
    PersonalFields("compliance.ReportClue", "value", terms=("reports",), seen_with=(NO_ONE,)),
    PersonalFields(
        "compliance.Intelligence",
        "source_text sanitised_text conditions_said",
        terms=("intelligence",),
        seen_with=READS,
    ),
    PersonalFields(
        "compliance.Bulletin",
        "text drafted refused_because",
        terms=("work",),
        seen_with=("compliance.write_bulletins", "registry.read_shared_statistics"),
    ),
    PersonalFields("compliance.TextReading", "text answers because", terms=("intelligence",), seen_with=READS),
    PersonalFields(
        "compliance.Dissemination",
        "text purpose conditions_said",
        terms=("intelligence",),
        seen_with=("compliance.read_intelligence", "compliance.receive_intelligence"),
    ),
    PersonalFields("compliance.Entity", "key label", terms=("intelligence",), seen_with=READS),
    PersonalFields("compliance.Tie", "how", terms=("intelligence",), seen_with=READS),
    PersonalFields("compliance.Source", "about", terms=("sources",), seen_with=("compliance.handle_sources",)),
    PersonalFields("compliance.SealedIdentity", "sealed", terms=("sources",), seen_with=("compliance.handle_sources",)),
    PersonalFields("compliance.SourceMark", "digest", terms=("sources",), seen_with=(NO_ONE,)),
    PersonalFields("compliance.IdentityLook", "by because", terms=("trail",), seen_with=("registry.read_trail",)),
    PersonalFields(
        "compliance.HandOver",
        "text basis answer_text",
        terms=("hand_overs",),
        seen_with=("compliance.view_hand_overs", "compliance.receive_intelligence"),
    ),
    PersonalFields(
        "compliance.PartnerMessage",
        "text",
        terms=("hand_overs", "intelligence"),
        seen_with=("compliance.handle_reports", "compliance.read_intelligence", "compliance.receive_intelligence"),
    ),
    PersonalFields("compliance.JointCase", "result", terms=("joint_cases",), seen_with=JOINS),
    PersonalFields("compliance.JointStep", "text outcome", terms=("joint_cases",), seen_with=JOINS),
    PersonalFields(
        "compliance.Referral",
        "gender age_band nationality natures region police_force police_area",
        terms=("referrals",),
        seen_with=("compliance.read_referrals", "compliance.prepare_referral"),
    ),
    PersonalFields(
        "compliance.SealedPerson",
        "sealed",
        terms=("referrals",),
        seen_with=("compliance.read_referrals", "compliance.prepare_referral"),
    ),
    PersonalFields("compliance.PersonLook", "by because", terms=("trail",), seen_with=("registry.read_trail",)),
    PersonalFields(
        "compliance.Support",
        "service",
        terms=("referrals",),
        seen_with=("compliance.read_referrals", "compliance.prepare_referral"),
    ),
    PersonalFields(
        "compliance.ReferralFollowUp",
        "code answer",
        terms=("referrals",),
        seen_with=("compliance.read_referrals", "compliance.prepare_referral"),
    ),
    PersonalFields(
        "compliance.Interview",
        "language answers indicators notes",
        terms=("interviews",),
        seen_with=("compliance.report_inspection", "compliance.confirm_inspection"),
    ),
    PersonalFields(
        "compliance.Sample", "drawn because", terms=("interviews",), seen_with=("compliance.view_inspections",)
    ),
    PersonalFields(
        "compliance.Signature",
        "name role statement strokes because",
        terms=("interviews", "inspections"),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.SeenIndicator", "evidence", terms=("inspections",), seen_with=("compliance.view_inspections",)
    ),
    PersonalFields(
        "compliance.FieldItem",
        "content stood",
        terms=("interviews",),
        seen_with=("compliance.report_inspection", "compliance.confirm_inspection"),
    ),
    PersonalFields(
        "compliance.FieldPiece",
        "content",
        terms=("exhibits",),
        seen_with=("compliance.report_inspection", "compliance.confirm_inspection"),
    ),
    PersonalFields("compliance.FieldDevice", "label", terms=("work",), seen_with=("compliance.sign_out_devices",)),
    PersonalFields(
        "compliance.EvidenceItem",
        "description place withheld_because struck_out_because",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.Custody", "holder place because", terms=("exhibits",), seen_with=("compliance.view_inspections",)
    ),
    PersonalFields(
        "compliance.Inspection",
        "brief facts summary business_comments returned_because",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.Result",
        "evidence business_comment",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields("compliance.Wording", "text", terms=("inspections",), seen_with=("compliance.view_inspections",)),
    PersonalFields(
        "compliance.ReportVersion",
        "content returned_because",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.ReportSending", "content", terms=("inspections",), seen_with=("compliance.view_inspections", OWN)
    ),
    PersonalFields(
        "compliance.ReportReply", "text", terms=("inspections",), seen_with=("compliance.view_inspections", OWN)
    ),
    PersonalFields(
        "compliance.ContradictionAnswer",
        "text changed",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.FollowUp",
        "action sent_back_because judged_because",
        terms=("inspections",),
        seen_with=("compliance.view_inspections", OWN),
    ),
    PersonalFields("compliance.Advice", "text", terms=("inspections",), seen_with=("compliance.view_inspections", OWN)),
    PersonalFields(
        "compliance.FollowUpAnswer", "text", terms=("inspections",), seen_with=("compliance.view_inspections", OWN)
    ),
    PersonalFields(
        "compliance.Remedy",
        "shown_by turned_down_because",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.UnlicensedCase",
        "described disclosed proposed_because approved_because sentence",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields(
        "compliance.ReceiptReview", "receipts note", terms=("inspections",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.CaseOffence", "place", terms=("inspections",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.CaseElement", "evidence kept_at", terms=("inspections",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.ReasonableStep", "receipt note", terms=("inspections",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.UserNotice",
        "supplier because acknowledged_how",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields(
        "compliance.ConvictionOrder",
        "on_whom court terms",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields(
        "compliance.CaseMaterial",
        "description kept_at",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields(
        "compliance.ProsecutorFile", "content handed_to", terms=("exports",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.UnderpaymentNotice",
        "reasons shown_by because court",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields("compliance.OwedSum", "what", terms=("inspections",), seen_with=("compliance.view_enforcement",)),
    PersonalFields(
        "compliance.Undertaking",
        "reasons because court order_terms",
        terms=("inspections",),
        seen_with=("compliance.view_enforcement",),
    ),
    PersonalFields(
        "compliance.Measure", "text necessary just", terms=("inspections",), seen_with=("compliance.view_enforcement",)
    ),
    PersonalFields(
        "compliance.VisitPlan",
        "address because safety_notes people_to_meet meeting_point vehicle",
        terms=("inspections",),
        seen_with=("compliance.view_inspections",),
    ),
    PersonalFields(
        "compliance.GuardedSharing",
        "because text refused_because",
        terms=("intelligence", "hand_overs", "interviews"),
        seen_with=("compliance.view_guarded_sharing",),
    ),
    PersonalFields("compliance.VisitExplanation", "because refused_because", terms=("inspections",), seen_with=CHOOSES),
    PersonalFields("compliance.Choice", "because", terms=("inspections",), seen_with=CHOOSES),
    PersonalFields("compliance.ScoreReply", "text", terms=("inspections",), seen_with=("compliance.view_scores", OWN)),
    PersonalFields(
        "compliance.LicenceScore", "signals gives", terms=("inspections",), seen_with=("compliance.view_scores",)
    ),
    PersonalFields("compliance.Weighting", "because", terms=("work",), seen_with=("compliance.propose_weights",)),
    PersonalFields("compliance.PreventionChange", "text", terms=("work",), seen_with=("compliance.view_scores",)),
)

#: Codes of a pack, marks over other columns, and words about no person.
NOT_PERSONAL = {
    "compliance.Report": "once language kinds priority ending",
    "compliance.ReportMessage": "once",
    "compliance.ReportTranslation": "language",
    "compliance.MessageTranslation": "language",
    "compliance.Triage": "priority",
    "compliance.ReportTag": "code",
    "compliance.ReportClue": "kind",
    "compliance.IntelligenceMethod": "code",
    "compliance.Intelligence": "source_grade information_grade handling conditions",
    "compliance.Dissemination": "grade conditions",
    "compliance.HandOver": "licence_number decision standards",
    "compliance.GuardedSharing": "kind basis",
    "compliance.StatedSharing": "kind basis about",
    "compliance.Referral": "country sector",
    "compliance.Interview": "explained",
    "compliance.InterviewSeed": "seed",
    "compliance.SeenIndicator": "code",
    "compliance.FieldItem": "of base reasons revision",
    "compliance.FieldCopy": "knows",
    "compliance.EvidenceItem": "uuid standards",
    "compliance.Custody": "seal_number",
    "compliance.Inspection": "case licence_number standards",
    "compliance.Result": "standard",
    "compliance.Wording": "part",
    "compliance.Contradiction": "code standard rests_on",
    "compliance.ContradictionAnswer": "seen_digest",
    **dict.fromkeys(("compliance.FollowUp", "compliance.Advice"), "standard"),
    **dict.fromkeys(("compliance.CaseOffence", "compliance.CaseElement", "compliance.CaseMaterial"), "code"),
    "compliance.Undertaking": "offence",
    "compliance.ReceiptPurpose": "number",
    "compliance.VisitPlan": "region",
    "compliance.PlannedInterpreter": "language",
    "compliance.Tabulation": "tables",
    "compliance.VisitRound": "seed commitment listed list_digest figures",
    "compliance.Weighting": "tried",
    "compliance.PreventionChange": "result",
    "compliance.WeightStep": "signal",
    "compliance.Training": "kind",
}
