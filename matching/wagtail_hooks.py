"""What matching adds to Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from matching.models import Bar, Expertise, Goal, Participant, Programme
from matching.viewsets import ProgrammesGroup

for _model in (Programme, Participant, Goal, Expertise, Bar):
    register_permission_policy(_model)


@hooks.register("register_admin_viewset")
def register_programmes() -> ProgrammesGroup:
    return ProgrammesGroup()
