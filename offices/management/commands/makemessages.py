"""Collect the sentences to translate, those marked with ``N_`` too."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's command, which knows every mark but the customary short one of gettext_noop."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=N_"]
