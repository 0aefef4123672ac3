"""Forms of the ground floor."""

from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.models import User

FIELDS = ("email", "name", "time_zone", "is_superuser", "groups")


class PersonCreationForm(UserCreationForm):
    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class PersonEditForm(UserEditForm):
    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        model = User
        fields = FIELDS
