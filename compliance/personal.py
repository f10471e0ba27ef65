"""What reports, intelligence, visits and enforcement hold about people: under which terms, and who sees it."""

from registry.personal_data import NO_ONE, OWN, held_for

REPORTS, READS = "compliance.handle_reports", "compliance.read_intelligence"
CHOOSES = "compliance.choose_visits"
JOINS = ("compliance.record_intelligence", "compliance.receive_intelligence")

PERSONAL = {
    held_for("reports", REPORTS): {
        "compliance.Report": "text about_name about_number about_place happened outcome",
        "compliance.ReportPhoto": "content",
        "compliance.ReportRecording": "sealed",
        "compliance.ReportTranslation": "text translator",
        "compliance.Triage": "because called",
        "compliance.ReportLink": "because",
    },
    held_for("mailboxes", NO_ONE): {"compliance.Report": "mailbox_key"},
    held_for("mailboxes", REPORTS): {
        "compliance.ReportContact": "sealed",
        "compliance.ReportMessage": "text",
        "compliance.MessageTranslation": "text translator",
    },
    held_for("reports", NO_ONE): {"compliance.ReportClue": "value"},
    held_for("intelligence", READS): {
        "compliance.Intelligence": "source_text sanitised_text conditions_said",
        "compliance.TextReading": "text answers because",
        "compliance.Entity": "key label",
        "compliance.Tie": "how",
    },
    held_for("work", "compliance.write_bulletins", "registry.read_shared_statistics"): {
        "compliance.Bulletin": "text drafted refused_because"
    },
    held_for("intelligence", "compliance.read_intelligence", "compliance.receive_intelligence"): {
        "compliance.Dissemination": "text purpose conditions_said"
    },
    held_for("sources", "compliance.handle_sources"): {
        "compliance.Source": "about",
        "compliance.SealedIdentity": "sealed",
    },
    held_for("sources", NO_ONE): {"compliance.SourceMark": "digest"},
    held_for("trail", "registry.read_trail"): {
        "compliance.IdentityLook": "by because",
        "compliance.PersonLook": "by because",
    },
    held_for("hand_overs", "compliance.view_hand_overs", "compliance.receive_intelligence"): {
        "compliance.HandOver": "text basis answer_text"
    },
    held_for(
        "hand_overs intelligence",
        "compliance.handle_reports",
        "compliance.read_intelligence",
        "compliance.receive_intelligence",
    ): {"compliance.PartnerMessage": "text"},
    held_for("joint_cases", *JOINS): {
        "compliance.JointCase": "result",
        "compliance.JointStep": "text outcome",
    },
    held_for("referrals", "compliance.read_referrals", "compliance.prepare_referral"): {
        "compliance.Referral": "gender age_band nationality natures region police_force police_area",
        "compliance.SealedPerson": "sealed",
        "compliance.Support": "service",
        "compliance.ReferralFollowUp": "code answer",
    },
    held_for("interviews", "compliance.report_inspection", "compliance.confirm_inspection"): {
        "compliance.Interview": "language answers indicators notes",
        "compliance.FieldItem": "content stood",
    },
    held_for("interviews", "compliance.view_inspections"): {"compliance.Sample": "drawn because"},
    held_for("interviews inspections", "compliance.view_inspections"): {
        "compliance.Signature": "name role statement strokes because"
    },
    held_for("inspections", "compliance.view_inspections"): {
        "compliance.SeenIndicator": "evidence",
        "compliance.EvidenceItem": "description place withheld_because struck_out_because",
        "compliance.Inspection": "brief facts summary business_comments returned_because",
        "compliance.Result": "evidence business_comment",
        "compliance.Wording": "text",
        "compliance.ReportVersion": "content returned_because",
        "compliance.ContradictionAnswer": "text changed",
        "compliance.Remedy": "shown_by turned_down_because",
        "compliance.VisitPlan": "address because safety_notes people_to_meet meeting_point vehicle",
    },
    held_for("exhibits", "compliance.report_inspection", "compliance.confirm_inspection"): {
        "compliance.FieldPiece": "content"
    },
    held_for("work", "compliance.sign_out_devices"): {"compliance.FieldDevice": "label"},
    held_for("exhibits", "compliance.view_inspections"): {"compliance.Custody": "holder place because"},
    held_for("inspections", "compliance.view_inspections", OWN): {
        "compliance.ReportSending": "content",
        "compliance.ReportReply": "text",
        "compliance.FollowUp": "action sent_back_because judged_because",
        "compliance.Advice": "text",
        "compliance.FollowUpAnswer": "text",
    },
    held_for("inspections", "compliance.view_enforcement"): {
        "compliance.UnlicensedCase": "described disclosed proposed_because approved_because sentence",
        "compliance.ReceiptReview": "receipts note",
        "compliance.CaseOffence": "place",
        "compliance.CaseElement": "evidence kept_at",
        "compliance.ReasonableStep": "receipt note",
        "compliance.UserNotice": "supplier because acknowledged_how",
        "compliance.ConvictionOrder": "on_whom court terms",
        "compliance.CaseMaterial": "description kept_at",
        "compliance.UnderpaymentNotice": "reasons shown_by because court",
        "compliance.OwedSum": "what",
        "compliance.Undertaking": "reasons because court order_terms",
        "compliance.Measure": "text necessary just",
    },
    held_for("exports", "compliance.view_enforcement"): {"compliance.ProsecutorFile": "content handed_to"},
    held_for("intelligence hand_overs interviews", "compliance.view_guarded_sharing"): {
        "compliance.GuardedSharing": "because text refused_because"
    },
    held_for("inspections", CHOOSES): {
        "compliance.VisitExplanation": "because refused_because",
        "compliance.Choice": "because",
    },
    held_for("inspections", "compliance.view_scores", OWN): {"compliance.ScoreReply": "text"},
    held_for("inspections", "compliance.view_scores"): {"compliance.LicenceScore": "signals gives"},
    held_for("work", "compliance.propose_weights"): {"compliance.Weighting": "because"},
    held_for("work", "compliance.view_scores"): {"compliance.PreventionChange": "text"},
}

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
    "compliance.SafeguardingConcern": "about standards",
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
