"""Addresses that are printed: short, without a language, open to all."""

from django.urls import path

from curriculum.certificates.views import public

app_name = "verify"

urlpatterns = [
    path("", public.enter_code, name="enter"),
    path("<str:code>", public.show_award, name="award"),
    path("<str:code>/", public.show_award),
]
