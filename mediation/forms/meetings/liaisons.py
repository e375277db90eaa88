"""The form of a liaison officer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.domain.meetings import people
from mediation.models import Liaison
from offices.models import User


class LiaisonForm(forms.ModelForm):
    """An officer of an agency, with an account or only by name and mail."""

    class Meta:
        model = Liaison
        fields = ["office", "rank", "user", "name", "post", "phone", "mail", "since"]
        widgets = {"since": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["office"].queryset = people.agencies()
        serving = User.objects.filter(is_active=True, postings__office__in=people.agencies())
        self.fields["user"].queryset = serving.distinct().order_by("name")
        self.fields["user"].empty_label = _("no account here")
        self.fields["since"].initial = timezone.localdate

    def validate_constraints(self):
        """The officer before gives way: that is what the verb does."""
