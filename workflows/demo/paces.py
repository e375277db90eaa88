"""How long people take for a step of the demo, in working days."""

# In a quick plan, always the same; see scenarios.
QUICK = {
    "examine": 0,
    "consult": 1,
    "decide": 0,
    "appoint": 1,
    "mediate": 2,
    "review": 1,
    "agreement": 1,
    "failure": 1,
    "choice": 1,
    "receive": 0,
    "correction": 2,
    "docket": 2,
    "panel": 1,
    "serve_copy": 1,
    "set_hearing": 1,
    "award": 5,
    "serve": 2,
    "send": 1,
    "receipt": 3,
    "outcome": 20,
}
# Otherwise drawn: from, to, and how often each number of days between them.
DRAWN = {
    "examine": (45, 35, 15, 5),
    "consult": (60, 30, 10),
    "decide": (70, 25, 5),
    "appoint": (70, 25, 5),
    "review": (0, 40, 40, 20),
    "agreement": (60, 30, 10),
    "failure": (40, 40, 20),
    "choice": (30, 40, 20, 10),
    "receive": (30, 40, 20, 10),
    "correction": (0, 20, 30, 30, 20),
    "docket": (5, 25, 30, 25, 12, 2, 1),
    "panel": (5, 40, 35, 15, 5),
    "serve_copy": (5, 40, 35, 15, 5),
    "set_hearing": (10, 40, 30, 20),
    "award": (0, 0, 5, 15, 20, 20, 15, 10, 5, 5, 2, 1, 1, 1),
    "serve": (10, 40, 30, 20),
    "send": (20, 50, 30),
    "receipt": (0, 10, 30, 30, 20, 10),
}
# Meetings of a mediation: days between them by grade, as median of a lognormal.
MEETING = {"simple": 1.5, "ordinary": 3, "major": 5}
OUTCOME = (15, 45)


def pace_of(walk, step):
    """Return after how many working days *step* is taken."""
    if walk.plan.quick:
        return QUICK[step]
    if step == "mediate":
        return max(1, round(MEETING[walk.plan.grade] * walk.rng.lognormvariate(0, 0.6)))
    if step == "outcome":
        return walk.rng.randrange(*OUTCOME)
    weights = DRAWN[step]
    return walk.rng.choices(range(len(weights)), weights)[0]
