"""The coordinator's pages of programmes."""

from django.urls import path

from matching.views import (
    accepting,
    board,
    decisions,
    imports,
    kept,
    pairs,
    people,
    programmes,
)

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
    path("<slug:slug>/people/<int:participant_id>/place/", people.change_place, name="place"),
    path("<slug:slug>/board/", board.show_board, name="board"),
    path("<slug:slug>/board/run/", board.run, name="run"),
    path("<slug:slug>/board/accept/", accepting.ask, name="ask_to_accept"),
    path("<slug:slug>/board/accept-all/", accepting.accept_all, name="accept_all"),
    path("<slug:slug>/board/left-over/", board.list_left_over, name="left_over"),
    path("<slug:slug>/board/kept/", kept.list_kept, name="kept"),
    path("<slug:slug>/board/kept/lock/", kept.lock, name="lock"),
    path("<slug:slug>/board/kept/unlock/", kept.unlock, name="unlock"),
    path("<slug:slug>/board/kept/bar/", kept.bar, name="bar"),
    path("<slug:slug>/board/kept/lift-bar/", kept.lift, name="lift_bar"),
    path("<slug:slug>/board/decisions/", decisions.list_decisions, name="decisions"),
    path("<slug:slug>/board/decisions/<int:decision_id>/undo/", decisions.undo, name="undo"),
    path("<slug:slug>/board/<int:suggestion_id>/", board.decide, name="decide"),
    path("<slug:slug>/pairs/", pairs.list_pairs, name="pairs"),
    path("<slug:slug>/pairs/<int:pair_id>/", pairs.show_pair, name="pair"),
    path("<slug:slug>/pairs/<int:pair_id>/move/", pairs.move, name="move_pair"),
]
