"""Many papers of one kind: the template is filled once, and what differs is put into copies."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from papers.domain.qr import draw_code
from papers.domain.rendering import is_empty, render

FEW = 3
# Signs that no text has: what differs is looked for by them.
BEGIN, END = "\ue010", "\ue011"
WRITTEN = ".xml"


def render_all(kind, template, sheets, urls):
    """Return the .docx bytes of *template* filled with each dict of *sheets*, in their order.

    *urls* are the pages behind the codes. Papers that say the same but for single lines are
    copies of one: filling a template takes a hundred times as long as writing a copy.
    """
    contents = [None] * len(sheets)
    for places in _alike(sheets, urls):
        some = [sheets[place] for place in places]
        made = _render_alike(kind, template, some, qr=_code(urls[places[0]]))
        for place, content in zip(places, made, strict=True):
            contents[place] = content
    return contents


def _alike(sheets, urls):
    """Return lists of places in *sheets* where the same fields are empty, for the same page."""
    found = {}
    for place, (facts, url) in enumerate(zip(sheets, urls, strict=True)):
        empty = frozenset(name for name, value in facts.items() if is_empty(value))
        found.setdefault((url, empty), []).append(place)
    return found.values()


def _render_alike(kind, template, sheets, *, qr):
    differing = _differing(sheets) if len(sheets) >= FEW else None
    if differing is None:
        return [render(kind, template, facts, qr=qr) for facts in sheets]
    marked = {**sheets[0], **{name: f"{BEGIN}{name}{END}" for name in differing}}
    pattern = render(kind, template, marked, qr=qr)
    return [_fill(pattern, {name: facts[name] for name in differing}) for facts in sheets]


def _differing(sheets):
    """Return the names of the fields that differ; None when one is no single line in all."""
    names = [name for name in sheets[0] if not is_empty(sheets[0][name])]
    differing = [n for n in names if len({_key(sheet[n]) for sheet in sheets}) > 1]
    lines = all(_is_line(sheet[name]) for sheet in sheets for name in differing)
    return differing if lines else None


def _key(value):
    return repr(value) if isinstance(value, list) else value


def _is_line(value):
    return isinstance(value, str) and value.isprintable()


def _fill(pattern, facts):
    """Return a copy of the .docx bytes *pattern* with *facts* in the places of their marks."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(pattern)) as source, zipfile.ZipFile(kept, "w") as copy:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith(WRITTEN):
                content = _put(content.decode(), facts).encode()
            copy.writestr(item, content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _put(text, facts):
    if BEGIN not in text:
        return text
    for name, value in facts.items():
        text = text.replace(f"{BEGIN}{name}{END}", escape(value))
    return text


def _code(url):
    return draw_code(url) if url else None
