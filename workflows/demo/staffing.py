"""What the demo people know well, who of them is away, and who has left."""

from datetime import time, timedelta

from disputes.domain.skills import set_skills
from disputes.models import Cause, Proceeding, Tier
from offices.domain.absences import enter_absence
from offices.domain.staffing import end_posting
from offices.models import Posting, User
from workflows.demo.days import moment

# By the position of a mediator in the list of demo mediators.
KNOWN = (
    ((Cause.WAGES, Cause.OVERTIME), ("建筑业",)),
    ((Cause.TERMINATION, Cause.SEVERANCE), ("制造业",)),
    ((Cause.RELATIONSHIP,), ("住宿和餐饮业",)),
)


def settle_staff(*, on):
    """Give demo people skills, and let one be away with a substitute on the date *on*.

    What is there already stays: running it again changes nothing.
    """
    demo = User.objects.filter(is_demo=True, is_active=True)
    mediators = demo.filter(postings__role="mediator").order_by("pk").distinct()
    for number, person in enumerate(mediators):
        if not person.skills.exists():
            causes, industries = KNOWN[number % len(KNOWN)]
            set_skills(person, causes=causes, industries=industries)
    _send_away(mediators.filter(postings__office__kind="county_centre"), on=on)
    _let_go(on=on)


def _let_go(*, on):
    """Let somebody who cannot log in have left, with files that nobody has taken over yet."""
    serving = Posting.objects.active(on).filter(user__is_demo=True, user__password__startswith="!")  # noqa: S106
    if Posting.objects.filter(user__is_demo=True, until__isnull=False).exists():
        return
    held = Proceeding.objects.filter(closed_at=None).exclude(tier=Tier.ARBITRATION)
    posting = serving.filter(user__in=held.values("handler")).order_by("pk").first()
    if posting:
        end_posting(posting, until=on - timedelta(days=1), on=on)


def _send_away(mediators, *, on):
    """Let the second mediator of a centre be away for a week; the head stands in."""
    person = mediators.order_by("pk")[1:2].first()
    if person is None or person.absences.exists():
        return
    posting = person.postings.active(on).first()
    head = (
        posting
        and User.objects.filter(
            is_demo=True, postings__office=posting.office, postings__role="head"
        ).first()
    )
    if head:
        since = on - timedelta(days=1)
        enter_absence(
            person,
            since=since,
            until=on + timedelta(days=5),
            substitute=head,
            at=moment(since, time(9)),
            by=head,
        )
