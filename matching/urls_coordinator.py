"""The coordinator's pages of programmes."""

from django.urls import path

from matching.views import (
    board,
    fairness,
    imports,
    pairs,
    people,
    programmes,
    rounds,
    simulations,
    trials,
    waitlist,
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
    path("<slug:slug>/import/review.csv", imports.download, name="import_download"),
    path("<slug:slug>/import/again/", imports.look_again, name="import_again"),
    path("<slug:slug>/import/apply/", imports.apply, name="import_apply"),
    path("<slug:slug>/people/", people.list_people, name="people"),
    path("<slug:slug>/people/<int:participant_id>/", people.show_person, name="person"),
    path("<slug:slug>/people/<int:participant_id>/place/", people.change_place, name="place"),
    path("<slug:slug>/board/", board.show_board, name="board"),
    path("<slug:slug>/board/run/", board.run, name="run"),
    path("<slug:slug>/board/accept-all/", board.accept_all, name="accept_all"),
    path("<slug:slug>/board/<int:suggestion_id>/", board.decide, name="decide"),
    path("<slug:slug>/board/rounds/", rounds.list_rounds, name="rounds"),
    path("<slug:slug>/board/rounds/<int:round_id>/", rounds.show_round, name="round"),
    path("<slug:slug>/board/rounds/<int:round_id>/again/", rounds.again, name="run_again"),
    path("<slug:slug>/board/rounds/<int:round_id>/<str:part>.json", rounds.download, name="kept"),
    path("<slug:slug>/board/try/", trials.show_trial, name="try"),
    path("<slug:slug>/board/try/run/", trials.run_trial, name="try_many"),
    path("<slug:slug>/board/try/use/", trials.use_set, name="use_rules"),
    path("<slug:slug>/board/try/<int:job_id>/", trials.show_result, name="trial"),
    path("<slug:slug>/board/simulate/", simulations.simulate, name="simulate"),
    path(
        "<slug:slug>/board/simulate/<int:simulation_id>/",
        simulations.show_simulation,
        name="simulation",
    ),
    path(
        "<slug:slug>/board/simulate/<int:simulation_id>/result.csv",
        simulations.download,
        name="simulation_csv",
    ),
    path(
        "<slug:slug>/board/simulate/<int:simulation_id>/delete/",
        simulations.delete,
        name="drop_simulation",
    ),
    path("<slug:slug>/board/waitlist/", waitlist.show_waitlist, name="waitlist"),
    path("<slug:slug>/board/waitlist/match/", waitlist.match_late_joiners, name="match_late"),
    path("<slug:slug>/board/fairness/", fairness.show_fairness, name="fairness"),
    path("<slug:slug>/pairs/", pairs.list_pairs, name="pairs"),
    path("<slug:slug>/pairs/<int:pair_id>/", pairs.show_pair, name="pair"),
    path("<slug:slug>/pairs/<int:pair_id>/move/", pairs.move, name="move_pair"),
]
