from django.urls import URLPattern, path

from licensing.views.applicant import answers, applications, questions, requests
from licensing.views.holder import decisions, letters, licences

APPLICATION = "apply/<str:reference>"
LICENCE = "licences/<str:number>"

applicant_urls: list[URLPattern] = [
    path("apply/", applications.apply, name="apply"),
    path("apply/start/", applications.start_application, name="start_application"),
    path(f"{APPLICATION}/", applications.application_tasks, name="application_tasks"),
    path(f"{APPLICATION}/check-answers/", answers.check_answers, name="check_answers"),
    path(f"{APPLICATION}/submit/", answers.submit_application, name="submit_application"),
    path(f"{APPLICATION}/submitted/", applications.application_submitted, name="application_submitted"),
    path(f"{APPLICATION}/withdraw/", applications.withdraw_application, name="withdraw_application"),
    path(f"{APPLICATION}/requests/<str:asked>/answer/", requests.answer_request, name="answer_request"),
    path(
        f"{APPLICATION}/decisions/<str:decision>/reply/",
        decisions.reply_about_application,
        name="reply_about_application",
    ),
    # The pages that the pack names. Their slugs must not be one of the words above: a test reads every pack.
    path(f"{APPLICATION}/<slug:page>/", questions.question_page, name="question_page"),
    path(f"{APPLICATION}/<slug:page>/add/", questions.add_item, name="add_item"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/", questions.item_page, name="item_page"),
    path(f"{APPLICATION}/<slug:page>/<slug:item>/remove/", questions.remove_item, name="remove_item"),
]

holder_urls: list[URLPattern] = [
    path("licences/", licences.licences, name="licences"),
    path("licences/letters/<str:number>/", letters.letter, name="letter"),
    path("licences/letters/<str:number>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path(f"{LICENCE}/", licences.licence, name="licence"),
    path(f"{LICENCE}/certificate/", licences.licence_certificate, name="licence_certificate"),
    path(f"{LICENCE}/decisions/<str:decision>/reply/", decisions.reply_about_licence, name="reply_about_licence"),
]

officer_urls: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*applicant_urls, *holder_urls, *officer_urls]
