"""Finding the people who hold a duty."""

from django.db.models import Exists, OuterRef

from offices.models import Posting, User


def people_where(duty, *, on, office=None):
    """Return the active people who hold *duty* on the date *on*, as a lazy queryset.

    At *office* when it is given, else at any office.
    """
    postings = Posting.objects.active(on).filter(
        user=OuterRef("pk"),
        group__officegroupobjectpermission__permission__codename=duty,
        group__officegroupobjectpermission__permission__content_type__app_label="offices",
    )
    if office is not None:
        postings = postings.filter(
            office=office, group__officegroupobjectpermission__content_object=office
        )
    return User.objects.filter(Exists(postings), is_active=True)
