"""Replacing a template: what is refused, what takes effect, and when."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from papers.domain import templates
from papers.domain.checking import check_document
from papers.layouts import built_in
from papers.models import PaperTemplate
from papers.refusals import (
    DocumentActs,
    DocumentTooBig,
    FieldsUnknown,
    NotADocument,
    NotProposed,
    PlaceholdersWrong,
)
from tests.factories import MONDAY
from tests.papers.documents import bomb, rewritten, with_text

CODE = "withdrawal"
TODAY = MONDAY.date()
RELS = "word/_rels/document.xml.rels"
OUTSIDE = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://example.org/x.dotm" TargetMode="External"/>'
    b"</Relationships>"
)


def linked(name, data):
    return data.replace(b"</Relationships>", OUTSIDE) if name == RELS else data


def with_entity(name, data):
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + data if name == "word/document.xml" else data


HOSTILE = {
    "no archive": (b"MZ\x90\x00 a program", NotADocument),
    "cut off": (built_in(CODE)[:4000], NotADocument),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, NotADocument),
    "a bomb": (bomb(), DocumentTooBig),
    "too big": (b"PK\x03\x04" + b"0" * (6 * 1024 * 1024), DocumentTooBig),
    "macros": (rewritten(built_in(CODE), add={"word/vbaProject.bin": b"x"}), DocumentActs),
    "an object": (rewritten(built_in(CODE), add={"word/embeddings/a.exe": b"MZ"}), DocumentActs),
    "a template outside": (rewritten(built_in(CODE), linked), DocumentActs),
    "path tricks": (rewritten(built_in(CODE), add={"../../etc/passwd": b"x"}), NotADocument),
    "entities": (rewritten(built_in(CODE), with_entity), NotADocument),
}


def upload(content, name="模板.docx"):
    return ContentFile(content, name=name)


def propose(user, content=None, **facts):
    content = content or with_text("撤回：{{ 申请人 }}，{{ 撤回理由 }}，{{ 文号 }}")
    return templates.propose(CODE, file=upload(content), at=MONDAY, by=user, **facts)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_with_a_sentence(name):
    content, refusal = HOSTILE[name]

    with pytest.raises(refusal) as refused:
        templates.check_template(CODE, content)

    assert len(str(refused.value)) > 8


def test_what_comes_with_the_product_is_harmless():
    check_document(built_in(CODE))


def test_a_document_with_a_web_address_is_fine():
    link = OUTSIDE.replace(b"attachedTemplate", b"hyperlink")
    check_document(
        rewritten(
            built_in(CODE),
            lambda name, data: data.replace(b"</Relationships>", link) if name == RELS else data,
        )
    )


def test_fields_that_the_paper_does_not_have_are_named():
    with pytest.raises(FieldsUnknown) as refused:
        templates.check_template(CODE, with_text("{{ 开庭时间 }}{{ 不存在 }}"))

    assert "不存在、开庭时间" in str(refused.value)


def test_a_loop_over_nothing_known_is_refused():
    with pytest.raises(PlaceholdersWrong):
        templates.check_template(CODE, with_text("{{ 申请人.名字 }}"))


def test_a_proposed_version_does_not_count(administrator):
    propose(administrator)

    assert templates.current_template(CODE, on=TODAY) == (None, built_in(CODE))


def test_a_version_counts_from_its_day(administrator):
    row = propose(administrator)
    templates.bring_into_effect(row, on=TODAY + timedelta(days=3))

    assert templates.current_template(CODE, on=TODAY + timedelta(days=2))[0] is None
    assert templates.current_template(CODE, on=TODAY + timedelta(days=3))[0] == row


def test_the_latest_version_in_effect_counts(administrator):
    first, second = propose(administrator), propose(administrator)
    templates.bring_into_effect(second, on=date(2026, 9, 8))
    templates.bring_into_effect(first, on=date(2026, 9, 1))

    assert [first.version, second.version] == [2, 3]
    assert templates.current_template(CODE, on=date(2026, 9, 9))[0] == second


def test_a_decision_is_made_once(administrator):
    row = propose(administrator)
    templates.drop(row)

    with pytest.raises(NotProposed):
        templates.bring_into_effect(row, on=TODAY)
    assert PaperTemplate.objects.get().state == PaperTemplate.State.DROPPED


def test_nothing_is_kept_of_a_refused_upload(administrator):
    with pytest.raises(NotADocument):
        propose(administrator, b"MZ")

    assert not PaperTemplate.objects.exists()
