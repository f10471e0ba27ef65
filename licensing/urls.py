from django.urls import URLPattern

applicant_urls: list[URLPattern] = []
holder_urls: list[URLPattern] = []
officer_urls: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*applicant_urls, *holder_urls, *officer_urls]
