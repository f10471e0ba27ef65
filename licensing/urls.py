from django.urls import URLPattern, path

from licensing.views import exchange, named_person, partner, person, provider
from licensing.views.applicant import (
    answers,
    applications,
    documents,
    eligibility,
    items,
    messages,
    paper_forms,
    parts,
    payments,
    questions,
    requests,
)
from licensing.views.case_officer import appeals as officer_appeals
from licensing.views.case_officer import applications as officer_applications
from licensing.views.case_officer import changes as officer_changes
from licensing.views.case_officer import checks as officer_checks
from licensing.views.case_officer import conditions as officer_conditions
from licensing.views.case_officer import decisions as officer_decisions
from licensing.views.case_officer import letters as officer_letters
from licensing.views.case_officer import licences as officer_licences
from licensing.views.case_officer import look_alikes as officer_look_alikes
from licensing.views.case_officer import messages as officer_messages
from licensing.views.case_officer import papers as officer_papers
from licensing.views.case_officer import payments as officer_payments
from licensing.views.case_officer import transfers as officer_transfers
from licensing.views.case_officer import waivers as officer_waivers
from licensing.views.case_officer import work_lists
from licensing.views.holder import appeals, changes, decisions, holding, letters, licences, transfers
from licensing.views.manager import figures, packs
from licensing.views.manager import letters as manager_letters

ELIGIBILITY = "do-i-need-a-licence/<slug:scheme>"
APPLICATION = "apply/<str:reference>"
LICENCE = "licences/<str:number>"
CASE = "staff/applications/<str:reference>"
DECISION = "staff/decisions/<str:reference>"
APPEAL = "staff/appeals/<str:reference>"
STAFF_LICENCE = "staff/licences/<str:number>"
STAFF_CONDITION = f"{STAFF_LICENCE}/conditions/<str:condition>"
CHANGE = "staff/changes/<str:reference>"
CHECK = "staff/checks/<str:asked>"
LOOK_ALIKE = "staff/look-alikes/<str:reference>"
PACK = "staff/packs/<slug:scheme>/<str:version>"

eligibility_urls: list[URLPattern] = [
    path("do-i-need-a-licence/", eligibility.eligibility, name="eligibility"),
    path(f"{ELIGIBILITY}/", eligibility.eligibility_about, name="eligibility_about"),
    path(f"{ELIGIBILITY}/check-answers/", eligibility.eligibility_answers, name="eligibility_answers"),
    path(f"{ELIGIBILITY}/result/", eligibility.eligibility_result, name="eligibility_result"),
    # The pages that the pack names: registry/schemes/paths.py refuses the words above.
    path(f"{ELIGIBILITY}/<slug:page>/", eligibility.eligibility_question, name="eligibility_question"),
]

applicant_urls: list[URLPattern] = [
    path("apply/", applications.apply, name="apply"),
    path("apply/paper/<slug:scheme>/<str:version>/", paper_forms.paper_form, name="paper_form"),
    path("apply/start/", applications.start_application, name="start_application"),
    path(f"{APPLICATION}/", applications.application_tasks, name="application_tasks"),
    path(f"{APPLICATION}/check-answers/", answers.check_answers, name="check_answers"),
    path(f"{APPLICATION}/submit/", answers.submit_application, name="submit_application"),
    path(f"{APPLICATION}/submitted/", applications.application_submitted, name="application_submitted"),
    path(f"{APPLICATION}/withdraw/", applications.withdraw_application, name="withdraw_application"),
    path(f"{APPLICATION}/messages/", messages.application_messages, name="application_messages"),
    path(f"{APPLICATION}/messages/read/", messages.read_messages, name="read_messages"),
    path(f"{APPLICATION}/payments/", payments.application_payments, name="application_payments"),
    path(f"{APPLICATION}/payments/card/", payments.pay_by_card, name="pay_by_card"),
    path(f"{APPLICATION}/payments/card/<str:card>/", payments.card_payment, name="card_payment"),
    path(f"{APPLICATION}/requests/<str:asked>/answer/", requests.answer_request, name="answer_request"),
    path(f"{APPLICATION}/documents/<slug:requirement>/", documents.document_page, name="document_page"),
    path(f"{APPLICATION}/files/<str:document>/", documents.own_document, name="own_document"),
    path(f"{APPLICATION}/files/<str:document>/remove/", documents.remove_document, name="remove_document"),
    path(
        f"{APPLICATION}/decisions/<str:decision>/reply/",
        decisions.reply_about_application,
        name="reply_about_application",
    ),
    path(f"{APPLICATION}/transfers/<str:transfer>/", transfers.answer_transfer, name="answer_transfer"),
    path(f"{APPLICATION}/parts/", parts.parts, name="parts"),
    path(f"{APPLICATION}/parts/send/<slug:page>/", parts.send_part, name="send_part"),
    path(f"{APPLICATION}/parts/send/<slug:page>/<slug:item>/", parts.send_part, name="send_part_of"),
    path(f"{APPLICATION}/parts/<str:part>/", parts.part_sent, name="part_sent"),
    path(f"{APPLICATION}/parts/<str:part>/again/", parts.send_part_again, name="send_part_again"),
    path(f"{APPLICATION}/parts/<str:part>/withdraw/", parts.withdraw_part, name="withdraw_part"),
    # The pages that the pack names. Their slugs must not be one of the words above: registry/schemes/faults.py refuses it.
    path(f"{APPLICATION}/<slug:page>/", questions.question_page, name="question_page"),
    path(f"{APPLICATION}/<slug:page>/add/", items.add_item, name="add_item"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/", questions.item_page, name="item_page"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/remove/", items.remove_item, name="remove_item"),
]

# Below one word, so that no log keeps the codes: config/settings.py, UNLOGGED_PATHS.
named_person_urls: list[URLPattern] = [
    path("part/<str:code>/", named_person.part, name="part"),
    path("part/<str:code>/number/", named_person.part_pin, name="part_pin"),
    path("part/<str:code>/sign/", named_person.sign_part, name="sign_part"),
    path("part/<str:code>/leave/", named_person.leave_part, name="leave_part"),
    path("part/<str:code>/about/<slug:page>/", named_person.part_page, name="part_page"),
]

holder_urls: list[URLPattern] = [
    path("licences/", licences.licences, name="licences"),
    path("licences/letters/<str:number>/", letters.letter, name="letter"),
    path("licences/letters/<str:number>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("licences/appeals/<str:reference>/", appeals.own_appeal, name="own_appeal"),
    path(f"{LICENCE}/", licences.licence, name="licence"),
    path(f"{LICENCE}/certificate/", licences.licence_certificate, name="licence_certificate"),
    path(f"{LICENCE}/renew/", licences.renew_licence, name="renew_licence"),
    path(f"{LICENCE}/show/", licences.show_licence, name="show_licence"),
    path(f"{LICENCE}/supply/", holding.tell_supply, name="tell_supply"),
    path(f"{LICENCE}/surrender/", holding.surrender_licence, name="surrender_licence"),
    path(f"{LICENCE}/transfer/", transfers.transfer_licence, name="transfer_licence"),
    path(f"{LICENCE}/transfer/<str:transfer>/retract/", transfers.retract_transfer, name="retract_transfer"),
    path(f"{LICENCE}/misuse/", holding.report_misuse, name="report_misuse"),
    path(f"{LICENCE}/conditions/<str:condition>/evidence/", holding.send_evidence, name="send_evidence"),
    path(
        f"{LICENCE}/conditions/<str:condition>/files/<str:document>/",
        holding.own_evidence_file,
        name="own_evidence_file",
    ),
    path(f"{LICENCE}/changes/", changes.licence_changes, name="licence_changes"),
    path(f"{LICENCE}/changes/tell/<str:kind>/", changes.tell_change, name="tell_change"),
    path(f"{LICENCE}/changes/<str:reference>/", changes.told_change, name="told_change"),
    path(f"{LICENCE}/alter/<str:kind>/", changes.alter_licence, name="alter_licence"),
    path(f"{LICENCE}/decisions/<str:decision>/reply/", decisions.reply_about_licence, name="reply_about_licence"),
]

officer_urls: list[URLPattern] = [
    path("staff/applications/", work_lists.applications, name="applications"),
    path("staff/applications/list.csv", work_lists.applications_csv, name="applications_csv"),
    path("staff/applications/assign/", work_lists.assign_applications, name="assign_applications"),
    path("staff/applications/paper/", officer_papers.enter_paper_application, name="enter_paper_application"),
    path(f"{CASE}/", officer_applications.application, name="application"),
    path(f"{CASE}/begin-assessment/", officer_applications.begin_assessment, name="begin_assessment"),
    path(f"{CASE}/assign/", officer_applications.assign, name="assign_application"),
    path(f"{CASE}/payments/", officer_applications.record_payment, name="record_payment"),
    path(f"{CASE}/charge-inspection/", officer_payments.charge_inspection, name="charge_inspection"),
    path(f"{CASE}/verify-turnover/", officer_payments.verify_turnover, name="verify_turnover"),
    path("staff/checks/", officer_checks.checks, name="staff_checks"),
    path("staff/exchange/", exchange.exchanges, name="exchanges"),
    path("staff/exchange/<str:agency>/", exchange.exchange, name="exchange"),
    path("staff/exchange/<str:agency>/requests/", exchange.hand_out, name="hand_out_checks"),
    path("staff/checks/list.csv", officer_checks.checks_csv, name="staff_checks_csv"),
    path(f"{CHECK}/", officer_checks.check, name="staff_check"),
    path(f"{CHECK}/record/", officer_checks.record_check, name="record_check"),
    path(f"{CHECK}/put/", officer_checks.put_check, name="put_check"),
    path(f"{CHECK}/sanitise/", officer_checks.sanitise_reply, name="sanitise_reply"),
    path(f"{CHECK}/release/", officer_checks.release_reply, name="release_reply"),
    path(f"{CHECK}/documents/<str:document>/", officer_checks.reply_document, name="reply_document"),
    path("staff/letters/", officer_letters.undelivered, name="undelivered"),
    path("staff/letters/<str:number>/", officer_letters.letter, name="staff_letter"),
    path("staff/letters/<str:number>/pdf/", officer_letters.letter_pdf, name="staff_letter_pdf"),
    path("staff/letters/<str:number>/send-again/", officer_letters.send_letter_again, name="send_letter_again"),
    path("staff/letters/<str:number>/anew/", officer_letters.write_letter_anew, name="write_letter_anew"),
    path("staff/letters/<str:number>/correct/", officer_letters.correct_letter, name="correct_letter"),
    path("staff/messages/", officer_messages.messages, name="messages"),
    path(f"{CASE}/messages/", officer_messages.write_to_applicant, name="write_to_applicant"),
    path(f"{CASE}/messages/read/", officer_messages.take_note_of_messages, name="take_note_of_messages"),
    path(f"{CASE}/documents/<str:document>/", officer_applications.case_document, name="case_document"),
    path(f"{CASE}/triggers/<str:trigger>/waive/", officer_waivers.waive_inspection, name="waive_inspection"),
    path(f"{CASE}/triggers/<str:trigger>/take-back/", officer_waivers.take_back_waiver, name="take_back_waiver"),
    path(f"{CASE}/ask/", officer_applications.ask, name="ask_applicant"),
    path(f"{CASE}/notes/", officer_applications.write_note, name="write_note"),
    path(
        f"{CASE}/commission-inspection/",
        officer_applications.commission_inspection,
        name="commission_for_application",
    ),
    *(
        path(f"{CASE}/propose/{kind}/", officer_applications.propose, {"kind": kind}, name=f"propose_{kind}")
        for kind in ("grant", "refuse")
    ),
    path("staff/payments/", officer_payments.statements, name="statements"),
    path("staff/payments/waiting.csv", officer_payments.waiting_money_csv, name="waiting_money_csv"),
    path("staff/payments/statements/<str:reference>/", officer_payments.statement, name="statement"),
    path("staff/payments/lines/<str:reference>/", officer_payments.statement_line, name="statement_line"),
    path("staff/payments/lines/<str:reference>/set-aside/", officer_payments.set_aside_line, name="set_aside_line"),
    path("staff/dates/", work_lists.dates_due, name="dates_due"),
    path("staff/dates/list.csv", work_lists.dates_due_csv, name="dates_due_csv"),
    path("staff/decisions/", work_lists.decisions, name="decisions"),
    path("staff/decisions/list.csv", work_lists.decisions_csv, name="decisions_csv"),
    path(f"{DECISION}/", officer_decisions.decision, name="decision"),
    path(f"{DECISION}/notify/", officer_decisions.notify, name="notify_decision"),
    path(f"{DECISION}/decide/", officer_decisions.decide, name="decide"),
    path(f"{DECISION}/supplement/", officer_decisions.supplement, name="supplement_decision"),
    path(f"{DECISION}/drop/", officer_decisions.drop, name="drop_decision"),
    path(f"{DECISION}/appeal/", officer_appeals.receive, name="receive_appeal"),
    path("staff/letter-kinds/", manager_letters.letter_kinds, name="letter_kinds"),
    path("staff/letter-kinds/papers/<slug:code>/", manager_letters.sample_paper, name="sample_paper"),
    path("staff/letter-kinds/<slug:code>/", manager_letters.letter_kind, name="letter_kind"),
    path("staff/transfers/", officer_transfers.transfers, name="transfers"),
    path("staff/transfers/list.csv", officer_transfers.transfers_csv, name="transfers_csv"),
    path("staff/appeals/", officer_appeals.appeals, name="appeals"),
    path("staff/appeals/list.csv", officer_appeals.appeals_csv, name="appeals_csv"),
    path(f"{APPEAL}/", officer_appeals.appeal, name="appeal"),
    path(f"{APPEAL}/bundle/", officer_appeals.bundle, name="appeal_bundle"),
    path(f"{APPEAL}/bundle/<int:bundle>/", officer_appeals.take_bundle, name="take_appeal_bundle"),
    path(f"{APPEAL}/disregard/", officer_appeals.disregard, name="disregard_appeal"),
    path(f"{APPEAL}/acknowledge/", officer_appeals.acknowledge, name="acknowledge_appeal"),
    path(f"{APPEAL}/reply/", officer_appeals.reply, name="reply_appeal"),
    path(f"{APPEAL}/bar/", officer_appeals.bar, name="bar_appeal"),
    path(f"{APPEAL}/leave/", officer_appeals.readmit, name="readmit_appeal"),
    path(f"{APPEAL}/sent/", officer_appeals.tick_off, name="tick_off_appeal"),
    path(f"{APPEAL}/hearing/", officer_appeals.fix_hearing, name="fix_hearing_appeal"),
    path(f"{APPEAL}/determine/", officer_appeals.determine, name="determine_appeal"),
    path(f"{APPEAL}/withdrawn/", officer_appeals.take_back, name="take_back_appeal"),
    path(f"{APPEAL}/carry-out/", officer_appeals.carry_out, name="carry_out_appeal"),
    path("staff/look-alikes/", work_lists.look_alikes, name="look_alikes"),
    path("staff/look-alikes/list.csv", work_lists.look_alikes_csv, name="look_alikes_csv"),
    path(f"{LOOK_ALIKE}/", officer_look_alikes.look_alike, name="look_alike"),
    *(
        path(f"{LOOK_ALIKE}/{verdict}/", officer_look_alikes.judge, {"verdict": verdict}, name=f"{verdict}_look_alike")
        for verdict in ("confirm", "dismiss")
    ),
    path("staff/conditions/", work_lists.conditions, name="conditions"),
    path("staff/conditions/list.csv", work_lists.conditions_csv, name="conditions_csv"),
    path("staff/changes/", work_lists.changes, name="changes"),
    path("staff/changes/list.csv", work_lists.changes_csv, name="changes_csv"),
    path(f"{CHANGE}/", officer_changes.change, name="change"),
    path(f"{CHANGE}/accept/", officer_changes.accept, name="accept_change"),
    path(f"{CHANGE}/note/", officer_changes.note, name="note_change"),
    path(f"{CHANGE}/refuse/", officer_changes.refuse, name="refuse_change"),
    path("staff/licences/", work_lists.licences, name="staff_licences"),
    path("staff/licences/list.csv", work_lists.licences_csv, name="staff_licences_csv"),
    path(f"{STAFF_LICENCE}/", officer_licences.licence, name="staff_licence"),
    path(
        f"{STAFF_LICENCE}/conditions/<str:condition>/files/<str:document>/",
        officer_licences.evidence_file,
        name="evidence_file",
    ),
    path(
        f"{STAFF_LICENCE}/commission-inspection/",
        officer_licences.commission_inspection,
        name="commission_for_licence",
    ),
    path(f"{STAFF_LICENCE}/change-numbers/", officer_licences.change_numbers, name="change_numbers"),
    *(
        path(f"{STAFF_LICENCE}/propose/{kind}/", officer_licences.propose, {"kind": kind}, name=f"propose_{kind}")
        for kind in ("suspend", "revoke")
    ),
    path(
        f"{STAFF_LICENCE}/propose/consent-to-transfer/",
        officer_conditions.propose_unheard,
        {"kind": "allow_transfer"},
        name="propose_allow_transfer",
    ),
    path(
        f"{STAFF_LICENCE}/propose/refuse-transfer/",
        officer_conditions.propose_heard,
        {"kind": "refuse_transfer"},
        name="propose_refuse_transfer",
    ),
    path(f"{STAFF_LICENCE}/propose/lift/", officer_conditions.propose_unheard, {"kind": "lift"}, name="propose_lift"),
    path(f"{STAFF_CONDITION}/check/", officer_conditions.check_condition, name="check_condition"),
    path(f"{STAFF_CONDITION}/visit/", officer_conditions.visit_condition, name="visit_condition"),
    path(
        f"{STAFF_LICENCE}/propose/impose/", officer_conditions.propose_heard, {"kind": "impose"}, name="propose_impose"
    ),
    *(
        path(
            f"{STAFF_CONDITION}/propose/{kind}/",
            officer_conditions.propose_heard,
            {"kind": kind},
            name=f"propose_{kind}",
        )
        for kind in ("fail", "vary")
    ),
    *(
        path(
            f"{STAFF_CONDITION}/propose/{kind}/",
            officer_conditions.propose_unheard,
            {"kind": kind},
            name=f"propose_{kind}",
        )
        for kind in ("discharge", "extend")
    ),
]

manager_urls: list[URLPattern] = [
    path("staff/figures/", figures.figures, name="figures"),
    path("staff/figures/again/", figures.figures_again, name="figures_again"),
    path("staff/figures/<slug:code>.csv", figures.figure_csv, name="figure_csv"),
    path("staff/packs/", packs.packs, name="packs"),
    path("staff/packs/compare/", packs.compare_packs, name="compare_packs"),
    path(f"{PACK}/", packs.pack, name="pack"),
    path(f"{PACK}/form/<slug:page>/", packs.preview_page, name="preview_page"),
    path(f"{PACK}/letters/<slug:letter>/", packs.preview_letter, name="preview_letter"),
    path(f"{PACK}/certificate/", packs.preview_certificate, name="preview_certificate"),
]

partner_urls: list[URLPattern] = [
    path("partner/", partner.checks, name="partner_checks"),
    path("partner/exchange/", exchange.partner_exchange, name="partner_exchange"),
    path("partner/exchange/requests/", exchange.partner_hand_out, name="partner_hand_out"),
    path("partner/checks/<str:reference>/", partner.check, name="partner_check"),
    path("partner/checks/<str:reference>/documents/<str:document>/", partner.document, name="partner_document"),
]

provider_urls: list[URLPattern] = [
    path("card-payments/told/", provider.card_payment_told, name="card_payment_told"),
]

person_urls: list[URLPattern] = [
    path("account/your-data/", person.your_data, name="your_data"),
    path("account/your-data/download/", person.your_data_file, name="your_data_file"),
    path("staff/organisations/<str:reference>/people/<str:person>/", person.data_of_person, name="data_of_person"),
]

urlpatterns: list[URLPattern] = [
    *person_urls,
    *provider_urls,
    *partner_urls,
    *eligibility_urls,
    *applicant_urls,
    *named_person_urls,
    *holder_urls,
    *officer_urls,
    *manager_urls,
]
