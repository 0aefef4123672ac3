"""The two whom tests of the curriculum begin with, unless they make their own."""

import pytest

from matching.models import Pair
from portal.models import User
from tests.factories.curriculum import pair_with_plan


@pytest.fixture
def pair(mentor_user: User, mentee_user: User) -> Pair:
    return pair_with_plan(mentor_user, mentee_user)[0]
