"""Desks, plans, sessions, and what people do with modules."""

from django.urls import path

from curriculum.views import desks, modules, plans, programmes, running, sessions

app_name = "curriculum"

urlpatterns = [
    path("desk/", desks.show_desk, name="desk"),
    path("plans/<int:pair_id>/", plans.show_plan, name="plan"),
    path("modules/<int:page_id>/", modules.module, name="module"),
    path("modules/<int:page_id>/complete/", modules.complete, name="complete_module"),
    path("sessions/open/<int:pair_id>/<int:item_id>/", sessions.open_, name="open_session"),
    path("sessions/<int:session_id>/", sessions.show, name="session"),
    path("sessions/<int:session_id>/date/", sessions.set_date, name="session_date"),
    path("sessions/<int:session_id>/yes/", sessions.confirm, name="confirm_session"),
    path("sessions/<int:session_id>/cancel/", sessions.cancel, name="cancel_session"),
    path("sessions/<int:session_id>/rate/", sessions.rate, name="rate"),
    path("sessions/<int:session_id>/run/", running.run, name="run_session"),
    path("sessions/<int:session_id>/not-started/", running.take_back, name="take_back_start"),
    path("sessions/<int:session_id>/notes/", running.notes, name="session_notes"),
    path("sessions/<int:session_id>/close/", running.close, name="close_session"),
    path("commitments/<int:commitment_id>/", sessions.settle, name="settle"),
    path("programmes/<slug:slug>/curriculum/", programmes.settings, name="programme"),
    path("programmes/<slug:slug>/curriculum/assign/", programmes.assign, name="assign"),
    path("programmes/<slug:slug>/preparation/", programmes.preparation, name="preparation"),
    path("pairs/<int:pair_id>/waive/", programmes.waive, name="waive"),
]
