"""The words and drawings of every page: `{% load fx %}`."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from disputes.look import clock as clocks
from disputes.look import fields, masks, outline, strip, tiers, timeline, words
from law.calendar import load_calendar

register = template.Library()


@register.simple_tag
def icon(name, cls=""):
    """Draw the icon *name* of templates/_sprite.html. Words beside it say what it means."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>',
        f"fx-i {cls}".strip(),
        name,
    )


@register.inclusion_tag("_badge.html")
def badge(text, kind="", icon=""):
    """Show *text* on a soft ground; *kind* is "", ok, warn, danger, info, line or word."""
    return {"text": text, "kind": kind, "icon": icon}


@register.inclusion_tag("_clock.html")
def clock(deadline, today=None):
    """Show the small clock of a deadline on the date *today*; a dash without a deadline."""
    if deadline is None or deadline == "":
        return {"face": None}
    return {"face": clocks.read_face(deadline, today or timezone.localdate())}


@register.inclusion_tag("_clock_strip.html")
def clock_strip(deadline, today=None, url="", title=""):
    """Show the big clock: what is left, the strip of days, the sentence, a link to *url*."""
    if deadline is None or deadline == "":
        return {"face": None}
    today, calendar = today or timezone.localdate(), load_calendar()
    return {
        "face": clocks.read_face(deadline, today, calendar=calendar),
        "strip": strip.draw_strip(deadline, today, calendar=calendar),
        "sentences": strip.explain(deadline, today, calendar=calendar),
        "title": title or getattr(deadline, "title", ""),
        "url": url,
    }


@register.inclusion_tag("_tier_steps.html")
def tier_steps(steps):
    """Show the three lines of defence; see `disputes.look.tiers.complete` for *steps*."""
    return {"steps": tiers.complete(steps)}


@register.inclusion_tag("_tier_mini.html")
def tier_mini(tier, passed=()):
    """Show three bars and the name of *tier*; *passed* are the tiers gone through before."""
    return {
        "bars": tiers.bars(tier, passed),
        "name": words.say_tier(tier) if tier else "",
    }


@register.inclusion_tag("_timeline.html")
def timeline_list(entries, today=None):
    """Show entries of a timeline, given newest first."""
    return {"entries": timeline.lines(entries, today or timezone.localdate())}


@register.inclusion_tag("_field_box.html")
def field(bound, span=0, label="", hint="", hide_label=False):
    """Show a bound field with label above, hint below and its errors."""
    return {
        "field": bound,
        "look": fields.look_of(bound),
        "input": fields.dress(bound),
        "span": span,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "hide_label": hide_label,
        "unit": _("yuan") if _unit(bound) == "yuan" else _unit(bound),
    }


def _unit(bound):
    return bound.field.widget.attrs.get("data-unit", "")


@register.inclusion_tag("_form.html")
def form_sections(form, start=1):
    """Show the fields of *form* in their numbered sections, counted from *start*."""
    return {"form": form, "sections": fields.sections_of(form), "start": start}


@register.inclusion_tag("_error_summary.html")
def error_summary(*forms):
    """Show what is wrong in forms and formsets, with links; nothing where nothing is wrong."""
    return {"errors": fields.errors_of(forms)}


@register.inclusion_tag("_pager.html")
def pager(previous_url="", next_url="", text=""):
    """Show the links to the page before and the page after."""
    return {"previous_url": previous_url, "next_url": next_url, "text": text}


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    """Return the page's query string with *changes*; None or "" takes a key out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def chinese_date(value, form=""):
    """Say a day with its weekday; with the year when it is another one, or when *form* is full."""
    if not words.is_day(value):
        return ""
    return words.say_day(value, year=True if form == "full" else None)


@register.filter
def short_date(value):
    """Say a day without its weekday."""
    return words.say_short_day(value) if words.is_day(value) else ""


@register.filter
def chinese_datetime(value):
    """Say a moment: day, weekday and time."""
    return words.say_moment(value) if value else ""


@register.filter
def clock_time(value):
    """Say the time of a moment."""
    return words.say_time(value) if value else ""


@register.filter
def yuan(amount):
    """Say an amount with thousands apart and two places."""
    return "" if amount in (None, "") else words.say_yuan(amount)


@register.filter
def yuan_short(amount):
    """Say an amount with thousands apart, without places where they are zero."""
    return "" if amount in (None, "") else words.say_yuan(amount, cents=False)


@register.filter
def caseno(number):
    """Show a case number so that it is never broken over two lines."""
    return format_html('<span class="fx-caseno">{}</span>', number) if number else ""


@register.filter
def capped(count, cap=1000):
    """Say a count that was taken up to *cap* only."""
    return words.say_count(int(count), cap=int(cap))


@register.filter
def tier_name(tier):
    """Say the name of tier 1, 2 or 3."""
    return words.say_tier(tier) if tier else ""


register.filter("masked_id", masks.mask_id)
register.filter("masked_phone", masks.mask_phone)
register.filter("masked_name", masks.mask_name)
register.filter("masked_place", masks.mask_place)
register.filter("party_name", outline.party_name)


@register.simple_tag
def autosave(url):
    """Write the attributes that let a form save its draft at *url* every few seconds."""
    return format_html(
        'data-autosave-url="{}" data-saved-words="{}" data-expired-words="{}"'
        ' data-failed-words="{}"',
        url,
        _("Draft saved"),
        _("You were logged out. What you wrote is still here: log in again in a second window."),
        _("Not saved: no connection. What you wrote is still here and will be saved again."),
    )
