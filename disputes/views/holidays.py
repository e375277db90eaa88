"""The holiday calendar: its years, a year's days, and entering the notice of a year."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_q.tasks import async_task

from disputes.domain.moves import forecast_moves
from disputes.domain.recomputing import confirm_notice
from disputes.forms.holidays import ConfirmNoticeForm, NoticeForm
from disputes.look.notice_days import days_of_notice
from disputes.models import Deadline, RecomputeRun
from disputes.permissions import hidden_cases, visible_cases
from disputes.views.lawkeeping import keeps_law, require_law_keeper
from law.calendar import load_calendar
from law.models import DeadlineRule, HolidayNotice

# Deadlines that a preview names; the others are counted.
NAMED = 50
CAP = 1000
RUNS = 10


@require_safe
def holidays(request):
    """Show the years with their notices, those without one first, and the latest recounts."""
    context = {
        "missing": _missing_years(request.user),
        "years": HolidayNotice.objects.annotate(
            off=Count("days", filter=Q(days__kind="off")),
            makeup=Count("days", filter=Q(days__kind="makeup")),
            statutory=Count("days", filter=Q(days__kind="statutory")),
        ).order_by("-year"),
        "keeper": keeps_law(request),
        "runs": RecomputeRun.objects.select_related("requested_by")[:RUNS],
    }
    return render(request, "disputes/holidays.html", context)


@require_safe
def holiday_year(request, year):
    """Show the days of *year* that are not what their weekday says."""
    notice = HolidayNotice.objects.filter(year=year).first()
    if notice is None:
        raise Http404
    context = {
        "notice": notice,
        "days": notice.days.order_by("date"),
        "keeper": keeps_law(request),
    }
    return render(request, "disputes/holiday_year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_notice(request):
    """Take in a notice: read it, show what it changes, store it once that was confirmed."""
    require_law_keeper(request)
    if request.method != "POST":
        form = NoticeForm(initial={"year": request.GET.get("year", "")[:4]})
        return render(request, "disputes/holiday_notice.html", {"form": form})
    confirming = "stamp" in request.POST
    form = ConfirmNoticeForm(request.POST) if confirming else _form(request)
    if not form.is_valid():
        form = _form(request)
        return render(request, "disputes/holiday_notice.html", {"form": form}, status=422)
    notice = form.cleaned_data["notice"]
    if not confirming:
        return _preview(request, form)
    if form.cleaned_data["stamp"] != load_calendar().version:
        messages.warning(request, _("The calendar has changed meanwhile. Look at it once more."))
        return _preview(request, form)
    return redirect("recount", pk=_store(notice, request.user).pk)


def _form(request):
    return NoticeForm(request.POST, request.FILES)


def _preview(request, form):
    """Show the days that the notice changes and the deadlines that it moves."""
    notice, calendar = form.cleaned_data["notice"], load_calendar()
    forecast = forecast_moves(notice)
    named = _named(forecast.next, request.user)
    days = days_of_notice(calendar, notice)
    again = ConfirmNoticeForm(
        initial={
            "text": form.cleaned_data["text"],
            "year": notice.year,
            "number": notice.number,
            "stamp": calendar.version,
        }
    )
    context = {
        "form": again,
        "notice": notice,
        "known": calendar.notice_number(notice.year),
        "days": days,
        "changes": sum(day.changes for day in days),
        "forecast": forecast,
        "by_rule": _by_rule(forecast.moved),
        "named": named,
        "others": forecast.moved_count - len(named),
    }
    return render(request, "disputes/holiday_preview.html", context)


def _named(moves, user):
    """Return the first of *moves* whose cases *user* may see, with the number of each case."""
    cases = visible_cases(user).filter(deadlines__in=[move.deadline.pk for move in moves])
    numbers = dict(
        Deadline.objects.filter(
            pk__in=[move.deadline.pk for move in moves], case__in=cases
        ).values_list("pk", "case__matter_number")
    )
    return [
        {"move": move, "deadline": move.deadline, "number": numbers[move.deadline.pk]}
        for move in moves
        if move.deadline.pk in numbers
    ][:NAMED]


def _by_rule(moved):
    """Return [rule, how many move to a later day, to an earlier day], the most moved first."""
    rules = DeadlineRule.objects.in_bulk({pk for pk, _later in moved})
    rows = [
        {"rule": rule, "later": moved[pk, True], "earlier": moved[pk, False]}
        for pk, rule in rules.items()
    ]
    return sorted(rows, key=lambda row: (-row["later"] - row["earlier"], row["rule"].rule_id))


@transaction.atomic
def _store(notice, user):
    run = confirm_notice(notice, at=timezone.now(), by=user)
    async_task("disputes.jobs.recompute_deadlines", run.pk)
    return run


def _missing_years(user):
    """Return this and the next year where they have no notice, with their provisional deadlines.

    Those of cases that a wall or a seal hides from *user* are not counted.
    """
    calendar, this = load_calendar(), timezone.localdate().year
    missing = [year for year in (this, this + 1) if not calendar.has_notice(year)]
    provisional = Deadline.objects.running().filter(provisional=True)
    provisional = provisional.exclude(case__in=hidden_cases(user))
    return [
        {
            "year": year,
            "deadlines": provisional.filter(
                due_legal__range=(date(year, 1, 1), date(year, 12, 31))
            )[: CAP + 1].count(),
        }
        for year in missing
    ]
