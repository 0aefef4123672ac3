"""Skills of the library → rows, field by field, over nobody's words."""

from collections import Counter

from django.utils.translation import gettext as _
from wagtail.models import Locale

from portal.models import Skill
from training.models import LibrarySkill
from training.services.library.specs import SkillSpec


def load_skills(specs: list[SkillSpec]) -> tuple[Counter[str], list[str]]:
    """Creates skills that are missing and brings the others up to date.

    A field that holds neither nothing nor what the library last wrote there is an editor's:
    it stays. Returns counts of created, changed and unchanged skills, and notes in words.
    """
    locale = Locale.get_default()
    existing = {skill.name: skill for skill in Skill.objects.filter(locale=locale)}
    sources = {source.skill_id: source for source in LibrarySkill.objects.all()}
    counts: Counter[str] = Counter()
    notes: list[str] = []
    for spec in specs:
        skill = existing.get(spec.name)
        if skill is None:
            skill = Skill.objects.create(name=spec.name, locale=locale, **spec.values)
            counts["created"] += 1
        else:
            counts[_update(skill, spec, sources.get(skill.pk), notes)] += 1
        LibrarySkill.objects.update_or_create(skill=skill, defaults={"values": spec.values})
    return counts, notes


def _update(skill: Skill, spec: SkillSpec, source: LibrarySkill | None, notes: list[str]) -> str:
    last = source.values if source else {}
    is_changed = is_kept = False
    for name, text in spec.values.items():
        stands = getattr(skill, name)
        if stands == text:
            continue
        if stands in ("", last.get(name, "")):
            setattr(skill, name, text)
            is_changed = True
        elif text != last.get(name):
            is_kept = True
    if is_kept:
        told = _("The skill “%(name)s” was edited by hand: those words stay.")
        notes.append(told % {"name": skill.name})
    if is_changed:
        skill.save()
    return "changed" if is_changed else "unchanged"
