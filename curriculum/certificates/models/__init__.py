"""The rule for an award, and the award."""

from curriculum.certificates.models.awards import Award
from curriculum.certificates.models.rules import CertificateRule

__all__ = ["Award", "CertificateRule"]
