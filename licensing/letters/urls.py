from django.urls import URLPattern, path

from licensing.letters.views import holder as letters
from licensing.letters.views import officer as officer_letters

urlpatterns: list[URLPattern] = [
    path("licences/letters/about/<str:reference>/", letters.letter_about, name="letter_about"),
    path("licences/letters/<str:number>/", letters.letter, name="letter"),
    path("licences/letters/<str:number>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("staff/letters/<str:number>/", officer_letters.letter, name="staff_letter"),
    path("staff/letters/<str:number>/pdf/", officer_letters.letter_pdf, name="staff_letter_pdf"),
    path("staff/letters/<str:number>/send-again/", officer_letters.send_letter_again, name="send_letter_again"),
    path("staff/letters/<str:number>/anew/", officer_letters.write_letter_anew, name="write_letter_anew"),
    path("staff/letters/<str:number>/correct/", officer_letters.correct_letter, name="correct_letter"),
]
