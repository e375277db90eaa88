"""Filling a template: from what is known to a .docx, and what is missing named on it."""

import re
from io import BytesIO

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from papers.layouts.kind import SILENT
from papers.refusals import NotADocument, PlaceholdersWrong

QR_MARK = "二维码"
MISSING = "【待填：{name}】"
NONE_GIVEN = "（未提供）"
QR_SIDE = Mm(16)
PARAGRAPH = "\a"  # as docxtpl writes it
# What XML cannot hold: a pasted text may bring it along.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Broken documents fail in many ways inside the library that reads them.
BROKEN = (PackageNotFoundError, LxmlError, KeyError, ValueError, AttributeError, TypeError)


def fields_of(template):
    """Return the names of the fields that the .docx bytes *template* asks for, as a set.

    Raises ``NotADocument`` and ``PlaceholdersWrong``.
    """
    document = _open(template)
    try:
        return document.get_undeclared_template_variables(_environment())
    except TemplateError as error:
        raise PlaceholdersWrong from error
    except BROKEN as error:
        raise NotADocument from error


def missing_fields(kind, fields, facts):
    """Return (needed, optional): names of *fields* of *kind* that the dict *facts* does not say.

    Both are lists in alphabetical order.
    """
    empty = sorted(name for name in fields - SILENT if is_empty(facts.get(name)))
    optional = set(kind.optional)
    return [n for n in empty if n not in optional], [n for n in empty if n in optional]


def is_empty(value):
    """Return whether *value* says nothing; zero does say something."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def render(kind, template, facts, *, qr=None):
    """Return the .docx bytes of *template* filled with *facts* (field name → text or rows).

    What is missing stands there by its name, 【待填：…】, or says that it was not given where
    *kind* may go without. *qr* is a PNG with the code of the case page. Raises ``NotADocument``
    and ``PlaceholdersWrong``.
    """
    fields = fields_of(template)
    document = _open(template)
    context = {name: _value(kind, name, facts.get(name)) for name in fields | set(facts)}
    context[QR_MARK] = InlineImage(document, BytesIO(qr), width=QR_SIDE) if qr else ""
    kept = BytesIO()
    try:
        document.render(context, _environment(), autoescape=True)
        document.save(kept)
    except TemplateError as error:
        raise PlaceholdersWrong from error
    except BROKEN as error:
        raise NotADocument from error
    return kept.getvalue()


def _value(kind, name, value):
    if isinstance(value, list):
        return [{key: _clean(each) for key, each in row.items()} for row in value]
    if not is_empty(value):
        return _clean(value)
    if name in SILENT:
        return ""
    if name in kind.optional:
        # False lets a part that depends on it go; printed, it says that nothing was given.
        return _Nothing()
    return _Missing(name)


class _Missing:
    """A needed field without a value: its name in a sentence, one row that says it in a table."""

    def __init__(self, name):
        self._said = MISSING.format(name=name)

    def __iter__(self):
        return iter([self])

    def __getitem__(self, _name):
        return self._said

    def __str__(self):
        return self._said


class _Nothing:
    """An optional field without a value: false in a condition, a word in a sentence, no rows."""

    def __bool__(self):
        return False

    def __iter__(self):
        return iter(())

    def __str__(self):
        return NONE_GIVEN


def _clean(value):
    text = _UNWRITABLE.sub("", "" if value is None else str(value).replace("\r\n", "\n"))
    # A new line of what somebody wrote is a new paragraph, with its indent.
    return text.replace("\n", PARAGRAPH) or "—"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Placeholders reach no attribute of Python, call nothing and multiply nothing."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context, operator, left, right):
        raise TemplateRuntimeError(operator)


def _environment():
    sandbox = _Sandbox(autoescape=True, undefined=StrictUndefined)
    sandbox.globals.clear()
    return sandbox


def _open(template):
    document = DocxTemplate(BytesIO(template))
    try:
        document.init_docx()
    except BROKEN as error:
        raise NotADocument from error
    return document
