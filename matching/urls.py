"""The pages of the two people of a pair."""

from django.urls import path

from matching.views import own_pair

app_name = "matching"

urlpatterns = [
    path("pairs/<int:pair_id>/", own_pair.show_pair, name="pair"),
    path("pairs/<int:pair_id>/coffee/", own_pair.answer, name="answer_coffee"),
    path("pairs/<int:pair_id>/agreement/", own_pair.sign, name="sign_agreement"),
    path("pairs/<int:pair_id>/move/", own_pair.move, name="move_own_pair"),
]
