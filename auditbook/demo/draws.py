"""Drawing from a seeded generator; no clock and no other source of chance."""

from random import Random

from auditbook.demo.plans import Odds, QuarterPlan

SEED = "exampleshire"


def generator(plan: QuarterPlan) -> Random:
    """The generator of one quarter: a change to one quarter leaves the others as they were."""
    return Random(f"{SEED}/{plan.id}/{plan.draw}")


def drawn(odds: Odds, rng: Random) -> str:
    """One cell, by weight."""
    return rng.choices(list(odds), list(odds.values()))[0]


def happens(times_of_ten: int, rng: Random) -> bool:
    return rng.randrange(10) < times_of_ten
