"""Who is in the invented programme and how far each of its pairs has come.

People stand in people.csv, in the form of the participants file. Days are counted back from
today, so that the programme is always five months old.
"""

from dataclasses import dataclass
from pathlib import Path

PEOPLE = Path(__file__).with_name("people.csv")
SLUG = "harbour-and-vale"
ORGANISATION = "Harbour & Vale"
PURPOSE = (
    "Our senior leaders work with the tools their teams already use, and people in their first"
    " years here have the ear of those who decide."
)
SIGNATORY = ("Ingrid Solheim", "Chief People Officer")
STAFF_DOMAIN = "@harbourandvale.example"

IMPORTED, INVITED = 160, 158
# Days ago on which the matching engine was run; the last round waits for a coordinator.
ROUNDS = (150, 1)
LASTS_UNTIL = 52

#: Invited, and never signed in so far.
NOT_YET_JOINED = ("veikko.saarinen", "violeta.petrova", "rhys.llewellyn")

MENTOR, MENTEE = "mentor", "mentee"
BOTH = (MENTOR, MENTEE)


@dataclass(frozen=True)
class Way:
    """How far one pair has come. People are named by what stands before the @ of their address.

    `accepted`: days ago a coordinator accepted the suggestion. `said_yes` and `signed`: who has
    answered after coffee, who has signed the agreement. `met`: days ago of each session held.
    `prepared` may name one side; `waived` is a coordinator's reason to begin all the same.
    `reads_ahead`: modules the mentee has done since the last session. `meets_in`: days until the
    next session, which the mentor has proposed. `is_finished`: every module is done too.
    `then` is what happened last: "declined", "paused", "swap" or "certified": all certificates
    earned by then were issued.
    """

    mentor: str
    mentee: str
    accepted: int
    said_yes: tuple[str, ...] = BOTH
    signed: tuple[str, ...] = BOTH
    prepared: tuple[str, ...] = BOTH
    waived: str = ""
    met: tuple[int, ...] = ()
    reads_ahead: int = 0
    meets_in: int | None = None
    is_finished: bool = False
    then: str = ""


WAYS = (
    Way("mentor", "mentee", 62, met=(40, 19), reads_ahead=1, meets_in=1),
    Way(
        "amira.haddad",
        "tobias.fairweather",
        149,
        met=(127, 108, 84, 55),
        is_finished=True,
        then="certified",
    ),
    Way("seamus.odochartaigh", "maria.teixeira", 148, met=(126, 104, 71, 30), is_finished=True),
    Way("joris.vandenheuvel", "eleni.papadopoulou", 147, met=(120, 92, 36), meets_in=9),
    Way("mateus.figueiredo", "gudrun.thorsdottir", 146, met=(118, 50)),
    Way("aino.virtanen", "giancarlo.bellini", 40, prepared=(MENTOR,)),
    Way(
        "oleksandra.kovalenko",
        "klaus.oeztuerk",
        39,
        prepared=(MENTOR,),
        waived="On a ship until next week; he will read his preparation on the way home.",
        meets_in=5,
    ),
    Way("nikolaos.petridis", "birgitta.akesson", 140, met=(111,), then="paused"),
    Way("ieva.ozolina", "jean-baptiste.lefevre", 60, met=(34,), then="swap"),
    Way("freya.soerensen", "ottilie.hohenfels", 149, then="declined"),
    Way("tomas.dvorak", "catarina.abreu", 13, signed=(MENTOR,)),
    Way("elif.yildiz", "rhys.llewellyn", 12, said_yes=(MENTOR,)),
    Way("luka.horvat", "mateus.figueiredo", 3, said_yes=()),
)

#: A suggestion the coordinator refused in the first round, and why.
REFUSED = ("marek.novak", "anselm.kirchgaessner", "They are to work on the same audit in spring.")


@dataclass(frozen=True)
class Login:
    """Somebody to sign in as: the address and what there is to see."""

    email: str
    who: str
    sees: str


EDITOR = Login("editor@demo.example", "Content editor", "writes and publishes the training")
COORDINATOR = Login("coordinator@demo.example", "Coordinator", "runs the programme")
LOGINS = (
    EDITOR,
    COORDINATOR,
    Login("mentor@demo.example", "Mentor", "has a session tomorrow"),
    Login("mentee@demo.example", "Mentee", "is in the middle of her plan"),
)
MORE_LOGINS = (
    Login(f"elif.yildiz{STAFF_DOMAIN}", "Mentor at coffee", "said yes, and waits for the other"),
    Login(f"rhys.llewellyn{STAFF_DOMAIN}", "Mentee at coffee", "has an answer to give"),
    Login(f"tobias.fairweather{STAFF_DOMAIN}", "Mentee at the end", "has a certificate"),
)
STAFF_NAMES = {EDITOR.email: "Edda Brandt", COORDINATOR.email: "Cosmin Ionescu"}
#: Whose certificate is shown to anyone who asks how verifying works.
CERTIFIED = f"tobias.fairweather{STAFF_DOMAIN}"

#: What a pair wrote down, session after session; the list begins again at its end.
NOTES = (
    "Said what each of us wants from this. Phones away, first names, and what is said stays here.\n"
    "\nStarted with a real piece of work instead of an example, which helped.",
    "Went through last time's commitment first: done, with one snag we looked at together.\n"
    "\nTo look up: who else in the department is trying this.",
    "Slower today, and better for it. Did it once together, once alone.\n"
    "\nThe question of what must not leave the house came up again; ask Legal.",
    "Half an hour on the subject, half an hour on what it changes on Monday.\n"
    "\nAgreed to show it at the next leadership meeting.",
)
MENTOR_COMMITMENT = "Send the two examples we looked at, with a line on each."
#: Useful and candid, 1 to 5, of the mentor and of the mentee, session after session.
RATINGS = (((4, 3), (4, 4)), ((4, 4), (5, 4)), ((3, 4), (4, 5)), ((5, 5), (5, 5)))
