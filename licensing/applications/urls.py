from django.urls import URLPattern, path

from licensing.addresses import APPLICATION
from licensing.applications.views import (
    again,
    answers,
    applications,
    companies,
    documents,
    eligibility,
    items,
    questions,
    steps,
    tables,
)
from licensing.applications.views import papers as officer_papers
from licensing.cases.views import applicant

ELIGIBILITY = "do-i-need-a-licence/<slug:scheme>"

urlpatterns: list[URLPattern] = [
    path("do-i-need-a-licence/", eligibility.eligibility, name="eligibility"),
    path(f"{ELIGIBILITY}/", eligibility.eligibility_about, name="eligibility_about"),
    path(f"{ELIGIBILITY}/check-answers/", eligibility.eligibility_answers, name="eligibility_answers"),
    path(f"{ELIGIBILITY}/result/", eligibility.eligibility_result, name="eligibility_result"),
    # The pages that the pack names: registry/schemes/paths.py refuses the words above.
    path(f"{ELIGIBILITY}/<slug:page>/", eligibility.eligibility_question, name="eligibility_question"),
    path("apply/", applications.apply, name="apply"),
    path("apply/start/", applications.start_application, name="start_application"),
    path(f"{APPLICATION}/", applicant.application_tasks, name="application_tasks"),
    path(f"{APPLICATION}/check-answers/", answers.check_answers, name="check_answers"),
    path(f"{APPLICATION}/submit/", answers.submit_application, name="submit_application"),
    path(f"{APPLICATION}/submitted/", applicant.application_submitted, name="application_submitted"),
    path(f"{APPLICATION}/withdraw/", applications.withdraw_application, name="withdraw_application"),
    path(f"{APPLICATION}/documents/<slug:requirement>/", documents.document_page, name="document_page"),
    path(f"{APPLICATION}/files/<str:document>/", documents.own_document, name="own_document"),
    path(f"{APPLICATION}/files/<str:document>/remove/", documents.remove_document, name="remove_document"),
    path(f"{APPLICATION}/again/", again.answer_again, name="answer_again"),
    path(f"{APPLICATION}/company-register/", companies.company_register, name="company_register"),
    # One step of a page, or of a thing of its list; a step is named by the pack, a thing by its address.
    path(f"{APPLICATION}/steps/<slug:page>/", steps.step_page, name="step_page"),
    path(f"{APPLICATION}/steps/<slug:page>/<slug:step>/", steps.step, name="step"),
    path(f"{APPLICATION}/steps/<slug:page>/<slug:item>/<slug:step>/", steps.item_step, name="item_step"),
    # The pages that the pack names. Their slugs must not be one of the words above: registry/schemes/faults.py refuses it.
    path(f"{APPLICATION}/<slug:page>/", questions.question_page, name="question_page"),
    path(f"{APPLICATION}/<slug:page>/add/", items.add_item, name="add_item"),
    path(f"{APPLICATION}/<slug:page>/upload/", tables.upload_list, name="upload_list"),
    path(f"{APPLICATION}/<slug:page>/upload/template/", tables.list_template, name="list_template"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/who/", items.choose_person, name="choose_person"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/", questions.item_page, name="item_page"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/remove/", items.remove_item, name="remove_item"),
    path("staff/applications/paper/", officer_papers.enter_paper_application, name="enter_paper_application"),
]
