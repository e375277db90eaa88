"""The time limits of the law and the figures of places: read by all, changed by few."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from disputes.forms.lawkeeping import FigureForm, RuleForm
from disputes.views.lawkeeping import keeps_law, require_law_keeper
from law.amending import change_rule, set_figure
from law.models import DeadlineRule, LocalParameter
from law.refusals import LawRefusal


@require_safe
def rules(request):
    """Show every time limit with the version that holds, or held last, by stage."""
    rows = DeadlineRule.objects.order_by("stage", "rule_id", "-in_force").distinct(
        "stage", "rule_id"
    )
    by_stage = {}
    for rule in rows:
        by_stage.setdefault(rule.stage, []).append(rule)
    stages = [
        (stage, by_stage[stage.value]) for stage in DeadlineRule.Stage if stage.value in by_stage
    ]
    return render(request, "disputes/rules.html", {"stages": stages, "keeper": keeps_law(request)})


@require_safe
def rule(request, rule_id):
    """Show one time limit in all its versions."""
    versions = list(DeadlineRule.objects.filter(rule_id=rule_id).order_by("-in_force"))
    if not versions:
        raise Http404
    context = {"rule": versions[0], "versions": versions, "keeper": keeps_law(request)}
    return render(request, "disputes/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_change(request, pk):
    """Let another version of a time limit follow the one with the key *pk*."""
    require_law_keeper(request)
    row = get_object_or_404(DeadlineRule, pk=pk)
    form = RuleForm(request.POST or None, instance=row)
    if form.is_valid():
        try:
            change_rule(row, **form.cleaned_data)
        except LawRefusal as refusal:
            form.add_error("since", str(refusal))
        else:
            messages.success(request, _("The new version is stored."))
            return redirect("law_rule", rule_id=row.rule_id)
    status = 422 if form.is_bound else 200
    return render(request, "disputes/rule_change.html", {"form": form, "rule": row}, status=status)


@require_safe
def figures(request):
    """Show the local figures, those in force and those before them."""
    context = {"figures": LocalParameter.objects.order_by("name", "region", "county", "-in_force")}
    context["keeper"] = keeps_law(request)
    return render(request, "disputes/figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_add(request):
    """Record a figure from a day on."""
    require_law_keeper(request)
    form = FigureForm(request.POST or None)
    if form.is_valid():
        try:
            set_figure(**form.cleaned_data)
        except LawRefusal as refusal:
            form.add_error("since", str(refusal))
        else:
            messages.success(request, _("The figure is recorded."))
            return redirect("figures")
    status = 422 if form.is_bound else 200
    return render(request, "disputes/figure_add.html", {"form": form}, status=status)
