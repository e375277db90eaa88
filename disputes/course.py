"""What the record asks about its course without knowing who runs it.

The room of workflows answers: it registers its functions when the house starts. Until then
there is no course, and the pages say so by leaving the place empty.
"""

_answers = {}


def register(function):
    """Let *function* answer the question of its name: one of those below."""
    _answers[function.__name__] = function
    return function


def open_steps(proceedings):
    """Return {proceeding id: title of the step that waits}, in one query for all *proceedings*."""
    return _ask("open_steps", {}, proceedings)


def actions(user, case):
    """Return what *user* may do in *case* now: a list of (title, url, whether it comes first)."""
    return _ask("actions", [], user, case)


def standing(proceeding):
    """Return (title of the step that waits, the drawn flow as safe HTML) of *proceeding*.

    Both come from one query; each is "" where there is nothing to say.
    """
    return _ask("standing", ("", ""), proceeding)


def steps_of_tier(tier):
    """Return (name, title) of the steps that people take at *tier*, in the order of the flow."""
    return _ask("steps_of_tier", [], tier)


def at_step(proceedings, name):
    """Return those of the queryset *proceedings* whose step *name* is open."""
    return _ask("at_step", proceedings.none(), proceedings, name)


def desk_ways(file, part):
    """Return (title, url) of what moves the course of the case *file* from *part* of its desk."""
    return _ask("desk_ways", [], file, part)


def foresee(case, kinds, by):
    """Return [(kind, whether the course allows it, a sentence)] of what decisions of the joint
    meeting would do to *case*; *kinds* are the words of the decisions, *by* who would record one.
    """
    return _ask("foresee", [], case, kinds, by)


def carry_out(case, kind, *, at, by):
    """Let *case* go on as the joint meeting decided; return a sentence of what followed.

    Raises a ``Refusal`` when the course of the case does not allow it.
    """
    return _ask("carry_out", "", case, kind, at, by)


def _ask(question, otherwise, *arguments):
    answer = _answers.get(question)
    return answer(*arguments) if answer else otherwise
