"""What a programme asks for before it awards a certificate."""

from curriculum.certificates.models import CertificateRule
from matching.models import Programme


def ensure_rule(programme: Programme) -> CertificateRule:
    """The programme's rule, made with its defaults when first asked for."""
    rule, _is_new = CertificateRule.objects.get_or_create(programme=programme)
    return rule


def change_rule(
    programme: Programme, *, needs_preparation: bool, needs_steps: bool, minimum_sessions: int
) -> CertificateRule:
    """Another rule from now on; certificates that were issued keep the one they were earned by."""
    rule = ensure_rule(programme)
    rule.needs_preparation = needs_preparation
    rule.needs_steps = needs_steps
    rule.minimum_sessions = minimum_sessions
    rule.full_clean()
    rule.save()
    return rule
