"""People: list, page of a person, opening and switching accounts, new passwords."""

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from offices.domain import accounts, second_factor
from offices.duties import Role
from offices.forms.fields import tell_refusal
from offices.forms.people import AccountForm, NameForm
from offices.models import Posting
from offices.paging import turn
from offices.permissions import (
    AUTHORISE,
    KEEP_REGISTER,
    administered_offices,
    administered_people,
    needs_administrator,
    needs_duty,
)
from offices.refusals import Refusal
from offices.views.queries import (
    administrator,
    ask_choice,
    ask_number,
    ask_text,
    count_to_cap,
    sent,
)

STATES = ("", "idle", "off", "all")


@require_safe
@needs_administrator
def person_list(request):
    """Show the people with accounts, searched and filtered, a page at a time."""
    today = timezone.localdate()
    asked = {
        "q": ask_text(request, "q"),
        "role": ask_choice(request, "role", Role.values),
        "state": ask_choice(request, "state", STATES),
        "office": ask_number(request, "office"),
    }
    serving = Posting.objects.active(today)
    found = _search(administered_people(request.user, on=today), serving, **asked)
    page = turn(
        found.prefetch_related(
            Prefetch("postings", serving.select_related("office"), to_attr="current")
        ),
        key="username",
        after=ask_text(request, "after") or None,
        before=ask_text(request, "before") or None,
    )
    context = {
        "page": page,
        "asked": asked,
        "narrowed": any(asked.values()),
        "roles": Role.choices,
        "office": _office_asked(request, asked["office"], today),
        "total": count_to_cap(found),
        **administrator(request),
    }
    return render(request, "offices/people.html", context)


@require_safe
@needs_administrator
def person_page(request, pk):
    """Show a person: account, postings now and before."""
    today = timezone.localdate()
    person = get_object_or_404(administered_people(request.user, on=today), pk=pk)
    postings = person.postings.select_related("office")
    context = {
        "person": person,
        "now": postings.overlapping(today).order_by("since", "pk"),
        "before": postings.filter(until__lt=today).order_by("-until", "pk")[:50],
        "locked": accounts.is_locked(person, at=timezone.now()),
        "today": today,
        "oneself": person == request.user,
        **administrator(request),
    }
    return render(request, "offices/person.html", context)


@never_cache
@needs_duty(KEEP_REGISTER)
def person_add(request):
    """Open an account and show its password, this once."""
    form = AccountForm(sent(request))
    if form.is_valid():
        try:
            person, password = accounts.open_account(**form.cleaned_data)
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            return _show_password(request, person, password, new=True)
    return render(request, "offices/person_edit.html", {"form": form})


@needs_duty(KEEP_REGISTER)
def person_edit(request, pk):
    """Change the name of a person, after a marriage or a slip of the pen."""
    person = _mine(request, pk)
    form = NameForm(sent(request), initial={"name": person.name})
    if form.is_valid():
        accounts.rename(person, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("person", pk)
    return render(request, "offices/person_edit.html", {"form": form, "person": person})


@never_cache
@require_POST
@needs_duty(KEEP_REGISTER)
def person_password(request, pk):
    """Give a person a new password for one login and show it, this once."""
    person = _mine(request, pk)
    try:
        password = accounts.reset_password(person, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("person", pk)
    return _show_password(request, person, password)


@require_POST
@needs_duty(AUTHORISE)
def person_second_factor(request, pk):
    """Take the authenticator of a person away, who has lost it."""
    try:
        second_factor.reset(_mine(request, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reset: the next login asks for an authenticator."))
    return redirect("person", pk)


@require_POST
@needs_duty(KEEP_REGISTER, AUTHORISE)
def person_off(request, pk):
    """Switch an account off."""
    try:
        accounts.switch_off(_mine(request, pk), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is switched off. The files keep the name."))
    return redirect("person", pk)


@require_POST
@needs_duty(KEEP_REGISTER)
def person_on(request, pk):
    """Switch an account on again."""
    accounts.switch_on(_mine(request, pk))
    messages.success(request, _("The account is switched on. Postings in force count again."))
    return redirect("person", pk)


@require_POST
@needs_duty(AUTHORISE)
def person_unlock(request, pk):
    """Let a person try to log in again at once after too many wrong passwords."""
    accounts.unlock(_mine(request, pk))
    messages.success(request, _("Unlocked: the person can try again at once."))
    return redirect("person", pk)


def _show_password(request, person, password, *, new=False):
    context = {"person": person, "password": password, "new": new, **administrator(request)}
    return render(request, "offices/password_once.html", context)


def _mine(request, pk):
    people = administered_people(request.user, on=timezone.localdate())
    return get_object_or_404(people, pk=pk)


def _office_asked(request, pk, today):
    return pk and administered_offices(request.user, on=today).filter(pk=pk).first()


def _search(people, serving, *, q, role, state, office):
    if q:
        people = people.filter(Q(name__icontains=q) | Q(username__icontains=q))
    if state != "all":
        people = people.filter(is_active=state != "off")
    told = {"role": role, "office": office}
    hers = serving.filter(
        user=OuterRef("pk"), **{name: value for name, value in told.items() if value}
    )
    if state == "idle":
        return people.exclude(Exists(hers))
    return people.filter(Exists(hers)) if role or office else people
