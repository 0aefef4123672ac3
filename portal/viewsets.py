"""Wagtail's screens for what lives on the ground floor."""

from typing import Any

from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel
from wagtail.users.views.users import IndexView, UserViewSet

from portal.forms import OwnDetailsForm, PersonCreationForm, PersonEditForm


class PersonIndexView(IndexView):
    @cached_property
    def search_fields(self) -> set[str]:
        """Wagtail looks for names in fields that our people do not have."""
        return {"name", "email"}


class PersonViewSet(UserViewSet):
    """People, with one name field instead of first and last name."""

    create_template_name = "portal/people/create.html"
    edit_template_name = "portal/people/edit.html"
    index_view_class = PersonIndexView

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm


class OwnDetailsPanel(NameEmailSettingsPanel):
    """Stands where Wagtail asks for first and last name; the address one signs in with stays."""

    title = _("You")
    form_class = OwnDetailsForm


@method_decorator([never_cache, require_admin_access], name="dispatch")
class OwnAccountView(AccountView):
    """Wagtail's page of one's own account, with the fields that a person has here."""

    def get_panels(self) -> list[Any]:
        return [
            OwnDetailsPanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, NameEmailSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
