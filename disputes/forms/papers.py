"""What is typed onto a paper because the case does not say it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.domain.samples import SAMPLE

MOST_ROWS = 500
LONG = (
    "事实", "理由", "意见", "事项", "经过", "内容", "说明", "要求", "材料", "陈述", "方案", "情况", "处理",
    "过程", "建议", "研判", "措施",
)  # fmt: skip


class FieldsForm(forms.Form):
    """An input per field that is missing; lists are written one row per line."""

    def __init__(self, *args, needed, optional, **options):
        super().__init__(*args, **options)
        self.needed = [name for name in needed if name in SAMPLE]
        self.optional = [name for name in optional if name in SAMPLE]
        for name in (*self.needed, *self.optional):
            self.fields[name] = _field(name, needed=name in self.needed)

    @property
    def asked(self):
        """The bound fields that must be filled."""
        return [self[name] for name in self.needed]

    @property
    def wished(self):
        """Those that may be."""
        return [self[name] for name in self.optional]

    def typed(self):
        """Return {field: text or rows} of what was written."""
        return {
            name: _rows(name, value) if isinstance(SAMPLE[name], list) else value
            for name, value in self.cleaned_data.items()
            if value
        }


class VoidForm(forms.Form):
    """Why a paper does not count."""

    reason = forms.CharField(label=_("Why it is void"), max_length=200)


def _field(name, *, needed):
    options = {"label": name, "required": False, "max_length": 5000, "strip": True}
    if isinstance(SAMPLE[name], list):
        columns = " | ".join(SAMPLE[name][0])
        hint = _("One row per line: %(columns)s") % {"columns": columns}
        return forms.CharField(widget=forms.Textarea({"rows": 3}), help_text=hint, **options)
    if any(word in name for word in LONG):
        return forms.CharField(widget=forms.Textarea({"rows": 3}), **options)
    return forms.CharField(**{**options, "max_length": 300})


def _rows(name, text):
    columns = list(SAMPLE[name][0])
    found = []
    for line in text.splitlines()[:MOST_ROWS]:
        if line.strip():
            cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
            found.append({key: (cells + [""] * len(columns))[i] for i, key in enumerate(columns)})
    return found
