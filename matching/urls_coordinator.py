"""The coordinator's pages of programmes."""

from django.urls import path

from matching.views import board, imports, pairs, people, programmes, questions, repairs

app_name = "programmes"

urlpatterns = [
    path("", programmes.list_programmes, name="list"),
    path("new/", programmes.new_programme, name="new"),
    path("<slug:slug>/", programmes.show_programme, name="show"),
    path("<slug:slug>/settings/", programmes.edit_programme, name="edit"),
    path("<slug:slug>/invite/", people.invite, name="invite"),
    path("<slug:slug>/import/", imports.upload, name="import"),
    path("<slug:slug>/import/sample.csv", imports.sample, name="import_sample"),
    path("<slug:slug>/import/review/", imports.review, name="import_review"),
    path("<slug:slug>/import/apply/", imports.apply, name="import_apply"),
    path("<slug:slug>/people/", people.list_people, name="people"),
    path("<slug:slug>/people/<int:participant_id>/", people.show_person, name="person"),
    path("<slug:slug>/people/<int:participant_id>/help/", questions.show_help, name="help"),
    path("<slug:slug>/people/<int:participant_id>/place/", people.change_place, name="place"),
    path("<slug:slug>/board/", board.show_board, name="board"),
    path("<slug:slug>/board/run/", board.run, name="run"),
    path("<slug:slug>/board/accept-all/", board.accept_all, name="accept_all"),
    path("<slug:slug>/board/why/", questions.show_why, name="why"),
    path("<slug:slug>/board/try/", questions.show_trial, name="try"),
    path("<slug:slug>/board/try/carry-out/", questions.carry_out, name="carry_out"),
    path("<slug:slug>/board/ask/", questions.ask, name="ask"),
    path("<slug:slug>/board/<int:suggestion_id>/", board.decide, name="decide"),
    path("<slug:slug>/pairs/", pairs.list_pairs, name="pairs"),
    path("<slug:slug>/pairs/<int:pair_id>/", pairs.show_pair, name="pair"),
    path("<slug:slug>/pairs/<int:pair_id>/move/", pairs.move, name="move_pair"),
    path("<slug:slug>/pairs/<int:pair_id>/others/", repairs.show_others, name="others"),
    path("<slug:slug>/pairs/<int:pair_id>/others/look/", repairs.look, name="look"),
    path("<slug:slug>/pairs/<int:pair_id>/others/choose/", repairs.choose, name="choose"),
]
