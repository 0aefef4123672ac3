"""Wagtail's screens for what lives on the ground floor."""

from wagtail.users.views.users import UserViewSet

from portal.forms import PersonCreationForm, PersonEditForm


class PersonViewSet(UserViewSet):
    """People, with one name field instead of first and last name."""

    create_template_name = "portal/people/create.html"
    edit_template_name = "portal/people/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm
