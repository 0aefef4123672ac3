"""Wagtail's screens for what lives on the ground floor."""

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel
from wagtail.users.views.users import UserViewSet

from portal.forms import OwnDetailsForm, PersonCreationForm, PersonEditForm


class PersonViewSet(UserViewSet):
    """People, with one name field instead of first and last name."""

    create_template_name = "portal/people/create.html"
    edit_template_name = "portal/people/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm


class OwnDetailsPanel(NameEmailSettingsPanel):
    """Stands where Wagtail asks for first and last name; the address one signs in with stays."""

    title = _("You")
    form_class = OwnDetailsForm


@method_decorator(require_admin_access, name="dispatch")
class OwnAccountView(AccountView):
    """Wagtail's page of one's own account, with the fields that a person has here."""

    def get_panels(self) -> list[Any]:
        return [
            OwnDetailsPanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, NameEmailSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
