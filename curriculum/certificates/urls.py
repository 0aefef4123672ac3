"""One's own certificates, and a programme's for its coordinators."""

from django.urls import path

from curriculum.certificates.views import own, programme

app_name = "certificates"

urlpatterns = [
    path("", own.show_mine, name="mine"),
    path("<int:award_id>/certificate.pdf", own.download, name="download"),
    path("<int:award_id>/withdraw/", programme.revoke, name="revoke"),
    path("<int:award_id>/print/", programme.reprint, name="reprint"),
    path("programmes/<slug:slug>/", programme.show_programme, name="programme"),
    path("programmes/<slug:slug>/issue/", programme.issue, name="issue"),
    path("programmes/<slug:slug>/rule/", programme.edit_rule, name="rule"),
]
