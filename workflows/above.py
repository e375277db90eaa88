"""Who stands above the desk of a case, and telling them."""

from disputes.permissions import can_view
from offices.domain.people import people_where
from offices.models import Office


def people_above(proceeding, *, on):
    """Return the people who supervise the desk of *proceeding* from above on the date *on*.

    Those for whom the case exists, by key; an office does not stand above itself.
    """
    above = [int(pk) for pk in proceeding.desk.path.split("/") if pk]
    found = {}
    for office in Office.objects.filter(pk__in=above).exclude(pk=proceeding.desk_id):
        for person in people_where("supervise", on=on, office=office):
            found[person.pk] = person
    case = proceeding.case
    return [found[pk] for pk in sorted(found) if can_view(found[pk], case, on=on)]
