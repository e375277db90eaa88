"""Filling a template, and what the sandbox keeps out."""

import pytest

from papers.domain.rendering import fields_of, render
from papers.layouts import KINDS
from papers.refusals import NotADocument, PlaceholdersWrong
from tests.papers.documents import text_of, with_text

KIND = KINDS["withdrawal"]


def test_rare_characters_and_middle_dots_come_out():
    said = text_of(render(KIND, with_text("{{ 申请人 }}"), {"申请人": "㛃玉𬭎·买买提"}))

    assert "㛃玉𬭎·买买提" in said


def test_signs_of_markup_are_text():
    said = text_of(render(KIND, with_text("{{ 申请人 }}"), {"申请人": "<w:br/>&{{ 1 }}"}))

    assert "<w:br/>&{{ 1 }}" in said


def test_what_no_document_can_hold_is_left_out():
    said = text_of(render(KIND, with_text("{{ 申请人 }}"), {"申请人": "甲\x00\x1b\ud800乙"}))

    assert "甲乙" in said


def test_a_new_line_becomes_a_paragraph():
    said = render(KIND, with_text("{{ 撤回理由 }}"), {"撤回理由": "一\n二"})

    assert text_of(said).startswith("一二")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 申请人.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ 申请人.format_map }}{{ 申请人|attr('__class__') }}",
        "{% include '/etc/passwd' %}",
        "{{ range(999999999)|list }}",
        "{{ 'x' * 999999999999 }}",
        "{{ '%0999999999d' % 1 }}",
    ],
)
def test_a_template_reaches_nothing_of_the_house(attack):
    with pytest.raises((PlaceholdersWrong, NotADocument)):
        render(KIND, with_text(attack), {"申请人": "甲"})


@pytest.mark.parametrize("broken", ["{{ 申请人", "{% for x in %}", "{{ 申请人 }} {% if %}"])
def test_a_broken_placeholder_is_refused(broken):
    with pytest.raises(PlaceholdersWrong):
        fields_of(with_text(broken))
