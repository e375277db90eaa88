"""Every partial says what it is to those who look and to those who listen."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from disputes.look.widgets import DayInput, IdInput, MoneyInput


class Intake(forms.Form):
    name = forms.CharField(label="姓名")
    number = forms.CharField(label="证件号码", widget=IdInput(), help_text="与证件一致")
    day = forms.DateField(label="争议发生日", widget=DayInput(), required=False)
    amount = forms.DecimalField(label="金额", widget=MoneyInput(), required=False)
    consent = forms.ChoiceField(
        label="电子送达", choices=[("y", "同意"), ("n", "不同意")], widget=forms.RadioSelect()
    )
    kinds = forms.MultipleChoiceField(
        label="请求",
        choices=[("1", "工资"), ("2", "加班费")],
        widget=forms.CheckboxSelectMultiple(),
    )
    facts = forms.CharField(label="事实", max_length=2000, widget=forms.Textarea())
    told = forms.BooleanField(label="已告知")
    token = forms.CharField(widget=forms.HiddenInput(), required=False)

    sections = [("申请人", ["name", "number", "gone"]), ("诉求", ["day", "amount"], "可以后补")]
    spans = {"name": 2}


def render(source, **context):
    with override("zh-hans"):
        return Template("{% load fx %}" + source).render(Context(context))


def field_html(name, data=None):
    form = Intake(data)
    return render("{% field form." + name + " %}", form=form)


def test_an_icon_is_hidden_from_those_who_listen():
    html = render('{% icon "clock" %}')
    assert 'href="#i-clock"' in html
    assert 'aria-hidden="true"' in html


DRAWN = re.compile(r'''(?:{% icon |[ {]icon=)"([a-z-]+)"''')


def test_every_icon_that_a_template_draws_is_in_the_sprite():
    sprite = set(re.findall(r'id="i-([a-z-]+)"', render_to_string("_sprite.html")))
    drawn = {
        name: path.name
        for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
        for name in DRAWN.findall(path.read_text())
    }
    assert {name: drawn[name] for name in drawn.keys() - sprite} == {}
    assert {"clock", "warn", "over", "ok", "pause", "stop", "question", "lock"} <= sprite


def test_a_label_stands_before_its_input_and_names_it():
    html = field_html("name")
    assert '<label class="fx-label" for="id_name">姓名</label>' in html
    assert html.index("<label") < html.index("<input")
    assert "选填" not in html


def test_an_optional_field_says_so():
    assert "<em>选填</em>" in field_html("day")


def test_a_hint_is_tied_to_its_input():
    html = field_html("number")
    assert 'aria-describedby="id_number_helptext"' in html
    assert 'id="id_number_helptext">与证件一致</p>' in html


def test_an_error_is_tied_to_its_input_and_keeps_what_was_typed():
    form = Intake({"number": "2107", "name": "韩玉兰"})
    form.add_error("number", "应为 18 位，现在是 4 位")
    html = render("{% field form.number %}", form=form)
    assert 'value="2107"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert re.search(r'id="id_number_error">\s*<p class="fx-error">', html)
    assert "应为 18 位，现在是 4 位" in html


def test_a_day_is_sent_and_shown_in_iso():
    form = Intake(initial={"day": datetime(2026, 9, 24, tzinfo=UTC).date()})
    html = render("{% field form.day %}", form=form)
    assert 'type="date"' in html
    assert 'value="2026-09-24"' in html


def test_an_amount_says_its_unit():
    assert re.search(
        r'<div class="fx-unit"><input[^>]+inputmode="decimal"[^>]*><span>元</span>',
        field_html("amount"),
    )


def test_few_short_choices_stand_side_by_side_in_a_named_group():
    html = field_html("consent")
    assert "<fieldset" in html
    assert re.search(r"<legend[^>]*>电子送达</legend>", html)
    assert '<div class="fx-seg">' in html
    assert '<label for="id_consent_0">同意</label>' in html


def test_boxes_stand_below_each_other_with_their_labels():
    html = field_html("kinds")
    assert html.count('type="checkbox"') == 2
    assert '<label class="form-check-label" for="id_kinds_1">加班费</label>' in html


def test_a_group_with_an_error_is_described_by_it():
    html = field_html("consent", {"name": "x"})
    assert re.search(r'<fieldset[^>]+aria-describedby="id_consent_error"', html)


def test_a_form_is_laid_out_in_its_sections_and_loses_no_field():
    html = render("{% form_sections form %}", form=Intake())
    assert html.count('<section class="fx-section"') == 2
    assert "可以后补" in html
    assert re.search(r'<input type="hidden" name="token"', html)
    for name in ("name", "number", "day", "amount", "facts", "told"):
        assert html.count(f'name="{name}"') == 1
    assert 'class="fx-field fx-c2"' in html


def test_the_summary_lists_every_error_with_a_link():
    form = Intake({"number": "2107"})
    form.add_error(None, "两处日期矛盾")
    html = render("{% error_summary form %}", form=form)
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html
    assert f"有 {len(list(form.errors))} 处需要修改" in html
    assert '<a href="#id_name">姓名：此项必填。</a>' in html
    assert '<a href="#id_consent_0">' in html
    assert "<li>两处日期矛盾</li>" in html


def test_a_single_error_of_no_field_is_the_heading_itself():
    form = Intake({"name": "韩玉兰"})
    form.is_valid()
    form.errors.clear()
    form.add_error(None, "两处日期矛盾")
    html = render("{% error_summary form %}", form=form)
    assert re.search(r"<h2[^>]*>.*两处日期矛盾\s*</h2>", html, re.DOTALL)
    assert "<li>" not in html


def test_a_form_without_errors_has_no_summary():
    assert render("{% error_summary form %}", form=Intake()).strip() == ""


def test_the_summary_reads_formsets_too():
    claims = forms.formset_factory(Intake, extra=1)
    formset = claims({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "韩玉兰"})
    html = render("{% error_summary formset %}", formset=formset)
    assert '<a href="#id_form-0-number">' in html


def test_three_steps_always_stand_and_the_third_is_always_open():
    html = render("{% tier_steps steps %}", steps=[{"tier": 2, "state": "now", "office": "古塔区"}])
    assert html.count("<li") == 3
    assert re.search(r'<li class="is-skipped">.*未经过', html, re.DOTALL)
    assert re.search(r'<li class="is-now" aria-current="step">.*古塔区', html, re.DOTALL)
    assert "当事人可随时申请" in html


def test_the_small_tier_says_its_name():
    html = render("{% tier_mini 2 passed %}", passed=[1])
    assert html.count("<i ") == 3
    assert "二级 区域" in html


def test_a_confidential_entry_says_that_it_does_not_travel():
    entry = SimpleNamespace(
        at=datetime(2026, 9, 18, 6, 30, tzinfo=UTC),
        title="第 1 次调解",
        text="<b>双方</b>",
        confidential=True,
        key=True,
    )
    html = render("{% timeline_list entries %}", entries=[entry])
    assert "调解保密" in html
    assert "此条不随案移送仲裁" in html
    assert "&lt;b&gt;" in html
    assert "14:30" in html


def test_a_day_in_a_title_is_said_as_elsewhere():
    entry = SimpleNamespace(at=datetime(2026, 9, 18, 6, 30, tzinfo=UTC), title="送达 2025-08-26")
    html = render("{% timeline_list entries today %}", entries=[entry], today=date(2026, 9, 20))
    assert "送达 2025年8月26日 周二" in html


def test_what_is_no_day_stays_as_it_was_written():
    entry = SimpleNamespace(at=datetime(2026, 9, 18, 6, 30, tzinfo=UTC), title="2025-13-45.pdf")
    assert "2025-13-45.pdf" in render("{% timeline_list entries %}", entries=[entry])


def test_an_empty_timeline_says_so():
    assert "还没有记录" in render("{% timeline_list entries %}", entries=[])


def test_no_deadline_is_a_dash():
    assert "—" in render("{% clock None %}")


def test_the_pager_has_links_only_where_there_are_pages():
    html = render('{% pager "" "?after=7" "共 11 件" %}')
    assert 'rel="next" href="?after=7"' in html
    assert 'rel="prev"' not in html


def test_a_query_keeps_its_other_keys(rf):
    html = render(
        '{% query_with tier="2" after=None %}', request=rf.get("/", {"q": "李", "after": "9"})
    )
    assert html == "?q=%E6%9D%8E&amp;tier=2"


def test_masked_values_never_reach_the_page():
    html = render(
        "{{ a|masked_id }} {{ b|masked_phone }} {{ c|masked_name }}",
        a="210799199001010029",
        b="15400000312",
        c="李玉梅",
    )
    assert html == "210*************29 154****0312 李*梅"


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_for_broken_requests_need_no_context(name):
    with override("zh-hans"):
        html = render_to_string(name)
    assert "<h1>" in html
    assert 'href="/"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["403.html", "404.html", "403_csrf.html", "registration/locked.html"]
)
def test_pages_of_refusal_speak_and_show_a_way_back(rf, name):
    request = rf.get("/")
    request.user = AnonymousUser()
    with override("zh-hans"):
        html = render_to_string(name, request=request)
    assert html.count("<h1>") == 1
    assert 'href="/login/"' in html
    assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", re.sub(r"<[^>]+>", "", html))


@pytest.mark.django_db
def test_the_login_page_has_what_password_managers_look_for(client):
    html = client.get("/login/").content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "连续 5 次输错" in html
    assert html.count("<h1>") == 1


@pytest.mark.django_db
def test_the_login_page_can_be_read_in_english(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/login/"})
    html = client.get("/login/").content.decode()
    assert '<html lang="en">' in html
    assert "Five wrong attempts" in html


@pytest.mark.django_db
def test_no_page_carries_a_script_or_a_style_of_its_own(client):
    html = client.get("/login/").content.decode()
    assert not re.search(r"<script(?![^>]+src=)", html)
    assert "<style" not in html
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)
