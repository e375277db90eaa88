"""Papers that are alike bound into one document for LibreOffice, and cut apart again as PDF.

What a document costs is its styles and fonts, not its text: a hundred papers of one page in one
document take a tenth of what they take one by one.
"""

import re
import zipfile
from io import BytesIO

import pypdfium2

from papers.domain.picturing import turn

TEXT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
ONE_PAGE = "<w:t>1</w:t>"
_SECTION = re.compile(r"<w:sectPr[ >].*?</w:sectPr>", re.DOTALL)
_MARGINS = re.compile(r"<w:pgMar[^>]*/>")
_NUMBERING = re.compile(r"<w:pgNumType[^>]*/>")
_COUNT = re.compile(
    r'<w:fldSimple w:instr=" ?NUMPAGES ?"[^>]*>(?P<shown>.*?)</w:fldSimple>', re.DOTALL
)
_SHOWN = re.compile(r"<w:t[ >].*?</w:t>", re.DOTALL)
_PART = re.compile(r'Id="(?P<id>[^"]+)"|Target="(?P<target>[^"]+)"')
_LATER = re.compile(r'<w:(?:header|footer)Reference w:type="(?:default|even)" r:id="([^"]+)"/>')


def bind(documents):
    """Return one .docx with a section for each of the .docx bytes *documents*, as bytes.

    They must have one page each, which ``cut`` finds out. None where they differ in more than
    their text, or count their pages in a way that cannot be taken over.
    """
    parts = [_read(content) for content in documents]
    first = parts[0]
    section = _section_of(first)
    if section is None or any(_differs(first, other, section) for other in parts[1:]):
        return None
    numbered = _number_anew(section)
    bodies = [_body(part[TEXT].decode(), section) for part in parts]
    if None in bodies:
        return None
    begin, _body_of_first, end = _split(first[TEXT].decode(), section)
    text = begin + _break(numbered).join(bodies) + numbered + end
    whole = {name: _count_one(content) for name, content in first.items()}
    whole[TEXT] = _count_one(text.encode())
    if any(b"NUMPAGES" in content or b"SECTIONPAGES" in content for content in whole.values()):
        return None
    return _pack(whole)


def cut(pdf, count):
    """Return each page of *pdf* as PDF bytes, None when it has not *count* pages."""
    with turn:
        whole = pypdfium2.PdfDocument(pdf)
        try:
            return _cut(whole) if len(whole) == count else None
        finally:
            whole.close()


def _cut(whole):
    pages = []
    for number in range(len(whole)):
        kept, page = BytesIO(), pypdfium2.PdfDocument.new()
        page.import_pages(whole, [number])
        page.save(kept)
        page.close()
        pages.append(kept.getvalue())
    return pages


def _read(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _section_of(part):
    """Return the only section of the document, as it is written; None when there are more."""
    found = _SECTION.findall(part[TEXT].decode())
    plain = len(found) == 1 and "continuous" not in found[0] and _MARGINS.search(found[0])
    return found[0] if plain else None


def _differs(first, other, section):
    later = _later_parts(first, section)
    return set(first) != set(other) or any(
        first[name] != other[name] for name in first if name != TEXT and name not in later
    )


def _later_parts(part, section):
    """Return the names of headers and footers that a single page never shows."""
    if "<w:titlePg/>" not in section:
        return set()
    ids = set(_LATER.findall(section))
    relations = re.findall(r"<Relationship [^>]*>", part[RELATIONS].decode())
    found = [dict(_pairs(relation)) for relation in relations]
    return {f"word/{row['target']}" for row in found if row.get("id") in ids}


def _pairs(relation):
    for match in _PART.finditer(relation):
        yield match.lastgroup, match[match.lastgroup]


def _number_anew(section):
    """Return *section* with its pages counted from one."""
    plain = _NUMBERING.sub("", section)
    return _MARGINS.sub(lambda found: f'{found[0]}<w:pgNumType w:start="1"/>', plain)


def _split(text, section):
    """Return (all before the body, the body without its section, all after)."""
    begin = text.index("<w:body>") + len("<w:body>")
    end = text.rindex(section)
    return text[:begin], text[begin:end], text[end + len(section) :]


def _body(text, section):
    return _split(text, section)[1] if section in text else None


def _break(section):
    """Return a paragraph of no height that ends a section."""
    flat = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{flat}{section}</w:pPr></w:p>"


def _count_one(content):
    """Return a part with "of one" where it counted the pages of the whole."""
    if b"NUMPAGES" not in content:
        return content
    return _COUNT.sub(lambda found: _SHOWN.sub(ONE_PAGE, found["shown"]), content.decode()).encode()


def _pack(parts):
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()
