"""What every room stands on: people, skills, the organisation, jobs and the base of all pages."""

from portal.models.branding import Branding
from portal.models.jobs import Job
from portal.models.pages import BasePage, HomePage
from portal.models.skills import Skill
from portal.models.users import User

__all__ = ["BasePage", "Branding", "HomePage", "Job", "Skill", "User"]
