"""Rules and people of every kind, made from a seed, for tests of audiences."""

from __future__ import annotations

from random import Random

from bot.campaigns.audience import All, Any, Not, Rule, Term, Vocabulary
from bot.campaigns.audience.vocabulary import ROLES, TOPIC_NAMES, names

LANGUAGES = ("en", "cy", "ur")
SUBJECTS = ("esol", "excel for work", "bread baking", "c++")
WARDS = ("Hulme", "Moss Side", "Didsbury West")
SKILLS = ("1.3", "2.1")
ROUTES = ("get-online", "back-to-work")
BADGES = ("pledge", "champion")
COURSES = ("course-a", "course-b", "course-c")
ROLE_IDS = ("resident", "employer", "provider")
TOPIC_IDS = tuple(TOPIC_NAMES.values())

VOCABULARY = Vocabulary(
    {
        "city": names(("manchester", "Manchester"), ("derby", "Derby")),
        "language": names(("en", "English"), ("cy", "Welsh"), ("ur", "Urdu")),
        "role": ROLES,
        "ward": {ward.casefold(): ward for ward in WARDS},
        "place": {ward.casefold(): ward for ward in WARDS},
        "route": names(*((route, route) for route in ROUTES)),
        "badge": names(*((badge, badge) for badge in BADGES)),
        "topic": TOPIC_NAMES,
        "skill": names(*((skill, skill) for skill in SKILLS)),
    }
)


class SmallGround:
    """A city of three wards and three courses."""

    def wards_within(self, place: str, miles: float) -> tuple[str, ...]:
        near = WARDS[: 1 + int(miles)]
        return (*near, place)

    def courses_about(self, subject: str) -> tuple[str, ...]:
        return {"esol": COURSES[:2], "excel for work": COURSES[2:]}.get(subject, ())

    def routes_needing(self, skill: str) -> tuple[tuple[str, int], ...]:
        return (("get-online", 1), ("back-to-work", 3)) if skill == "1.3" else ()


def random_term(random: Random) -> Term:
    level = random.randint(1, 4)
    return random.choice(
        (
            Term("city", random.choice(("manchester", "derby"))),
            Term("language", random.choice(LANGUAGES)),
            Term("role", random.choice(ROLE_IDS)),
            Term("interest", random.choice(SUBJECTS)),
            Term("saved", random.choice(SUBJECTS)),
            Term("searched", random.choice((*SUBJECTS, "excel", "bread"))),
            Term("ward", random.choice(WARDS)),
            Term("near", random.choice(WARDS), random.choice((0.5, 1.0, 2.5))),
            Term("route", random.choice(ROUTES)),
            Term("badge", random.choice(BADGES)),
            Term("topic", random.choice(TOPIC_IDS)),
            Term("skill_below", random.choice(SKILLS), level),
            Term("skill_at_least", random.choice(SKILLS), level),
            Term("skill_unknown", random.choice(SKILLS)),
            Term("gap", random.choice(SKILLS)),
            Term("seen", number=random.choice((1, 30, 90))),
            Term("joined", number=random.choice((1, 30, 400))),
        )
    )


def random_rule(random: Random, deep: int = 3) -> Rule:
    if deep == 0 or random.random() < 0.3:
        return random_term(random)
    if random.random() < 0.25:
        return Not(random_rule(random, deep - 1))
    parts = tuple(random_rule(random, deep - 1) for _ in range(random.randint(0, 3)))
    return All(parts) if random.random() < 0.5 else Any(parts)
