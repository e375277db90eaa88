"""Forms of accounts."""

import re

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from offices.forms.fields import CodeField, NarrowField

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,29}", re.ASCII)


def clean_username(text):
    """Return the name of an account in small letters; raises ValidationError when it is none."""
    username = text.lower()
    if not USERNAME.fullmatch(username):
        raise ValidationError(
            _(
                "A username is 2 to 30 letters (a to z), digits, dots, hyphens or underscores, "
                "and begins with a letter."
            )
        )
    return username


class AccountForm(forms.Form):
    """The name of a person, and the one to log in with."""

    name = NarrowField(
        label=_("Name of the person"),
        max_length=50,
        help_text=_("As in the letter of appointment: it stands in the files for good."),
    )
    username = NarrowField(
        label=_("Username"),
        max_length=30,
        help_text=_("Letters and digits, for example the name in pinyin. It is not changed later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def clean_username(self):
        """Return the username in small letters."""
        return clean_username(self.cleaned_data["username"])


class NameForm(forms.Form):
    """The name of a person whose account exists."""

    name = AccountForm.base_fields["name"]


class LoginForm(AuthenticationForm):
    """Username, in capitals or small letters, password, and the code of who has set one up."""

    code = CodeField(required=False)

    error_messages = {
        **AuthenticationForm.error_messages,
        # Which of them is nobody's business.
        "invalid_login": _("The username, the password or the code is wrong."),
    }

    def clean_username(self):
        """Return the username in the letters in which accounts are kept and locked."""
        return self.cleaned_data["username"].strip().lower()

    @sensitive_variables()
    def clean(self):
        """Ask for both factors at once: nobody learns that a password alone was right."""
        given = {name: self.cleaned_data.get(name) for name in ("username", "password", "code")}
        if given["username"] is None or not given["password"]:
            return self.cleaned_data
        self.user_cache = authenticate(self.request, **{**given, "code": given["code"] or ""})
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data


class CodeForm(forms.Form):
    """A code of the authenticator."""

    code = CodeField()


class NewPasswordForm(PasswordChangeForm):
    """The old password and, twice, another one."""

    spans = {"old_password": 6, "new_password1": 6, "new_password2": 6}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The rules stand beside the form, where a list has room.
        self.fields["new_password1"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs["class"] = "fx-w-20"

    def clean_new_password1(self):
        """Return the new password; it is another than the old one."""
        password = self.cleaned_data["new_password1"]
        if password == self.cleaned_data.get("old_password"):
            raise ValidationError(_("This is the old password. Choose another."))
        return password
