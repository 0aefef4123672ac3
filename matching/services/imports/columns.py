"""The columns of the participants file and what each may hold."""

from dataclasses import dataclass, field
from decimal import Decimal

COLUMNS = (
    "email",
    "name",
    "role",
    "department",
    "job_title",
    "location",
    "seniority_years",
    "manager_email",
    "time_zone",
    "languages",
    "meets",
    "style",
    "interests",
    "expertise",
    "goals",
    "capacity",
)
REQUIRED = ("email", "name", "role")


@dataclass(frozen=True, slots=True)
class GoalCell:
    """One goal as written: the level wanted, and 1 to 3 for how much it matters."""

    target: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row, read: values as the database keeps them, skills by their name.

    `given` names the columns the file has; what it has not is left as it is.
    """

    number: int
    email: str
    name: str
    role: str
    given: frozenset[str]
    department: str = ""
    job_title: str = ""
    location: str = ""
    seniority_years: Decimal | None = None
    manager_email: str = ""
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    meets: str = "either"
    style: str = "either"
    interests: tuple[str, ...] = ()
    expertise: dict[str, int] = field(default_factory=dict)
    goals: dict[str, GoalCell] = field(default_factory=dict)
    capacity: int = 1


# Two people as one would write them, in the order of COLUMNS.
SAMPLE = (
    (
        "amira@example.org",
        "Amira Haddad",
        "mentor",
        "Data",
        "Data analyst",
        "Rotterdam",
        "3",
        "petra@example.org",
        "Europe/Amsterdam",
        "en;nl",
        "either",
        "quiet",
        "cycling;open data",
        "Databases:4;Programming:3",
        "",
        "2",
    ),
    (
        "basil@example.org",
        "Basil Okafor",
        "mentee",
        "Finance",
        "Finance director",
        "London",
        "18",
        "",
        "Europe/London",
        "en",
        "online",
        "either",
        "cycling;jazz",
        "Databases:1",
        "Databases:3!;Programming:2",
        "1",
    ),
)
