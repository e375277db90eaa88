"""Reading a page as a browser does: what it says, where it leads, what it asks."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use"}
# Nobody reads what stands in these.
UNREAD = {"script", "style", "symbol", "code"}
# Attributes that are read aloud, or shown by a script or a style sheet.
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description", "label", "summary")


@dataclass
class Form:
    """One form of a page: where it goes, and its fields as {name: Field}."""

    action: str
    method: str
    fields: dict = field(default_factory=dict)

    def filled(self):
        """Return what a browser would send if the button were pressed at once."""
        return {name: each.value for name, each in self.fields.items() if each.value is not None}


@dataclass
class Field:
    """A field of a form; *options* are the values from which one may choose."""

    kind: str
    value: str | None
    options: list = field(default_factory=list)


class Page(HTMLParser):
    """What *html* says (*words*), where it leads (*links*) and what it asks (*forms*)."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links, self.forms = [], [], []
        self._open, self._form, self._select, self._area = [], None, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in VOID:
            self._open.append((tag, found))
        if self._is_read():
            self._listen(tag, found)
        handler = getattr(self, f"_see_{tag}", None)
        if handler:
            handler(found)

    def handle_endtag(self, tag):
        if any(tag == name for name, _found in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag == "form":
            self._form = None

    def handle_data(self, data):
        if self._area is not None and self._open and self._open[-1][0] == "textarea":
            self._area.value = data.strip()
        elif data.strip() and self._is_read():
            self.words.append(" ".join(data.split()))

    def _is_read(self):
        return not any(
            tag in UNREAD or found.get("translate") == "no" or self._is_foreign(tag, found)
            for tag, found in self._open
        )

    @staticmethod
    def _is_foreign(tag, found):
        return tag != "html" and "lang" in found

    def _listen(self, tag, found):
        for name, value in found.items():
            spoken = (
                name in SPOKEN or name.endswith("-words") or name in ("data-busy", "data-label")
            )
            if spoken and value and value.strip():
                self.words.append(value)

    def _see_a(self, found):
        if found.get("href"):
            self.links.append(found["href"])

    def _see_form(self, found):
        self._form = Form(found.get("action") or "", (found.get("method") or "get").lower())
        self.forms.append(self._form)

    def _see_input(self, found):
        self._note(found.get("name"), found.get("type", "text"), found)

    def _see_button(self, found):
        if found.get("name"):
            self._note(found["name"], "button", found)

    def _see_textarea(self, found):
        self._note(found.get("name"), "textarea", {**found, "value": ""})
        self._area = self._form and self._form.fields.get(found.get("name"))

    def _see_select(self, found):
        self._note(found.get("name"), "select", found)
        self._select = self._form and self._form.fields.get(found.get("name"))

    def _see_option(self, found):
        if self._select is None:
            return
        self._select.options.append(found.get("value", ""))
        if "selected" in found or self._select.value is None:
            self._select.value = found.get("value", "")

    def _note(self, name, kind, found):
        if self._form is None or not name:
            return
        known = self._form.fields.setdefault(name, Field(kind, None))
        value = found.get("value", "on" if kind in ("checkbox", "radio") else "")
        if kind in ("checkbox", "radio"):
            known.options.append(value)
            if "checked" in found:
                known.value = value
        elif kind not in ("button", "select", "file"):
            known.value = value
