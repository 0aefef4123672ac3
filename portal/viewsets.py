"""Wagtail's screens for what lives on the ground floor."""

from wagtail.users.views.users import UserViewSet

from portal.forms import PersonCreationForm, PersonEditForm


class PersonViewSet(UserViewSet):
    """People, with one name field instead of first and last name."""

    template_prefix = "portal/people/"

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm
