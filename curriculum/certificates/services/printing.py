"""From an award's frozen facts to its PDF. Nothing else is read: neither person nor programme."""

import hashlib
import json
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from curriculum.certificates.models import Award
from curriculum.certificates.printing.press import Attached, Press, Sheet
from curriculum.certificates.services.letters import tell_award
from curriculum.certificates.services.pictures import draw_qr

# How many skills are told with their sentence; the rest follow by name, all are in the record.
SKILLS_IN_FULL = 6
DATES = ("issued_on", "first_held_on", "last_held_on", "programme_starts_on", "programme_ends_on")
PICTURES = ("logo", "signature")


def print_award(award: Award, press: Press) -> bool:
    """Make the PDF of an award that has none; False when another run was faster.

    Raises PrintFailed, and then the award is as it was. The letter goes out with the first PDF.
    """
    content = press.print(lay_out(award))
    name = Award._meta.get_field("pdf").storage.save(
        f"certificates/{award.programme_id}/{award.number}.pdf", ContentFile(content)
    )
    with transaction.atomic():
        locked = Award.objects.select_for_update().get(pk=award.pk)
        is_first = not locked.pdf
        if is_first:
            locked.pdf.name, locked.pdf_sha256 = name, hashlib.sha256(content).hexdigest()
            locked.save(update_fields=["pdf", "pdf_sha256"])
            _tell_once(locked)
    if not is_first:
        Award._meta.get_field("pdf").storage.delete(name)
    return is_first


def reprint_award(award: Award, press: Press) -> Award:
    """Make the PDF anew from the same facts; the file it replaces stays known by its SHA-256."""
    content = press.print(lay_out(award))
    storage = Award._meta.get_field("pdf").storage
    digest = hashlib.sha256(content).hexdigest()
    name = storage.save(
        f"certificates/{award.programme_id}/{award.number}.pdf", ContentFile(content)
    )
    with transaction.atomic():
        locked = Award.objects.select_for_update().get(pk=award.pk)
        replaced, earlier = locked.pdf.name, locked.pdf_sha256
        if earlier and earlier != digest and earlier not in locked.earlier_sha256:
            locked.earlier_sha256 = [*locked.earlier_sha256, earlier]
        locked.pdf.name, locked.pdf_sha256 = name, digest
        locked.save(update_fields=["pdf", "pdf_sha256", "earlier_sha256"])
    if replaced:
        storage.delete(replaced)
    return locked


def lay_out(award: Award) -> Sheet:
    """The sheet for the press, from the frozen facts alone."""
    facts = award.facts
    with translation.override(facts["language"]):
        html = render_to_string("certificates/certificate.html", printable(facts))
    record = {key: value for key, value in facts.items() if key not in PICTURES}
    record["rule"] = _rule_told(award)
    return Sheet(
        html=html,
        identifier=award.token,
        made_at=f"{facts['issued_on']}T00:00:00+00:00",
        css=f"html {{ --accent: {facts['accent']} }}" if facts["accent"] else "",
        attachments=(
            Attached(
                name=f"{facts['number']}.json",
                description=str(facts["person_name"]),
                text=json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True),
            ),
        ),
    )


def _rule_told(award: Award) -> dict[str, Any]:
    """The rule and how it was met, by those alone whom the certificate names.

    Awards of the first days kept every pair of the person; whom they had parted from is nobody
    else's business.
    """
    named = {partner["name"] for partner in award.facts["partners"]}
    met = award.rule.get("met", {})
    pairs = [pair for pair in met.get("pairs", ()) if pair["partner"] in named]
    return {**award.rule, "met": {**met, "pairs": pairs}}


def printable(facts: dict[str, Any]) -> dict[str, Any]:
    """What the template of the certificate asks for."""
    award = {**facts, **{name: _day(facts[name]) for name in DATES}}
    award["partner_names"] = [partner["name"] for partner in facts["partners"]]
    award["skills"] = facts["skills"][:SKILLS_IN_FULL]
    award["skills_more"] = facts["skills"][SKILLS_IN_FULL:]
    return {
        "award": award,
        "qr_data_uri": draw_qr(facts["verify_url"]),
        "logo_data_uri": facts["logo"],
        "signature_data_uri": facts["signature"],
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tell_once(award: Award) -> None:
    """Write to the person with their first PDF, and never again."""
    if award.told_at is None and award.person is not None:
        award.told_at = timezone.now()
        award.save(update_fields=["told_at"])
        tell_award(award)
