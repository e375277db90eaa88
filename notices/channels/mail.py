"""E-mail through the server of the house's settings."""

import json
import smtplib
from email import charset
from email.charset import Charset

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from notices.channels.trouble import Down, Failed, Refused

BASE64 = Charset("utf-8")
BASE64.body_encoding = charset.BASE64
# From here on a reply of SMTP is final for this message (RFC 5321 section 4.2.1).
FINAL = 500


def is_on():
    """Return whether a mail server is set."""
    return bool(settings.EMAIL_HOST)


def carry(message):
    """Hand *message* to the mail server; raises ``Down``, ``Failed`` and ``Refused``."""
    if not is_on():
        raise Down("no mail server is set")
    mail = compose(message)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, _text = next(iter(error.recipients.values()))
        raise (Refused if code >= FINAL else Failed)(f"SMTP {code}") from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        kind = Refused if error.smtp_code >= FINAL else Failed
        raise kind(f"SMTP {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Down(type(error).__name__) from error


def compose(message):
    """Return *message* as a mail; its number is the message's own, so that it is known again."""
    content = json.loads(message.content)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    mail = EmailMultiAlternatives(
        content["subject"],
        content["text"],
        from_email=content.get("sender"),
        to=[message.address],
        headers={
            "Message-ID": f"<{message.uid}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=settings.OUTBOX_TIMEOUT),
    )
    if content.get("html"):
        mail.attach_alternative(content["html"], "text/html")
    if content.get("calendar"):
        _invite(mail, content["calendar"], content["method"])
    return mail


def _invite(mail, calendar, method):
    """Add an invitation as mail programs read it: as an alternative, and as a file (RFC 6047)."""
    # Base64 throughout: relays that know no 8-bit mail break what hangs on it.
    mail.encoding = BASE64
    mail.attach_alternative(calendar, f"text/calendar; method={method}")
    mail.attach("invite.ics", calendar, "application/ics")
