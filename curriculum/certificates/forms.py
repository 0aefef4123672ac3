"""What coordinators decide, and what anyone may type to check a certificate."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from curriculum.certificates.models import CertificateRule


class RuleForm(forms.ModelForm[CertificateRule]):
    """What a programme asks for."""

    class Meta:
        model = CertificateRule
        fields = ("needs_preparation", "needs_steps", "minimum_sessions")
        help_texts = {
            "needs_preparation": _(
                "Each person’s own modules. A waiver lets a pair begin sooner; it does not count"
                " as preparation here."
            ),
            "needs_steps": _("A plan without any steps is not done by this."),
            "minimum_sessions": _(
                "In one pair, over all its plans; where its plan holds fewer, all of them. A pair"
                " whose plan holds no session cannot earn a certificate unless you ask for 0."
                " From 0 to 50."
            ),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["minimum_sessions"].validators.append(MaxValueValidator(50))


class RevokeForm(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The person reads this. Whoever checks the certificate sees that it was withdrawn"
            " and when, and not why."
        ),
        error_messages={"required": _("Write the reason: the person will read it.")},
    )


class CodeForm(forms.Form):
    """What stands on the paper."""

    code = forms.CharField(
        label=_("Number, code or address"),
        max_length=300,
        help_text=_("For example 2026-7K3M-9QTX-H4VB. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the number that stands on the certificate.")},
    )
