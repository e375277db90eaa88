"""What a file still lacks of an application."""

from django.utils.translation import gettext_lazy as _

from disputes.models import Party


def gaps(proceeding):
    """Return what the file lacks of an application, as a list of sentences.

    Filing takes less than the application form of 企业劳动争议协商调解规定 article 21 asks for;
    the rest is due before acceptance.
    """
    case = proceeding.case
    checks = [
        (case.facts, _("Facts and reasons")),
        (case.occurred_on, _("The day on which the dispute arose")),
        (case.claims.exists(), _("What the applicant asks for, with the amount")),
    ]
    for party in case.parties.all():
        checks += _gaps_of_worker(party) if party.kind == Party.Kind.WORKER else _gaps_of(party)
    return [str(sentence) for there, sentence in checks if not there]


def _gaps_of_worker(party):
    return [
        (party.id_number, _("Identity number of the applicant")),
        (party.phone, _("Telephone number of the applicant")),
        (party.address, _("Address of the applicant for service")),
    ]


def _gaps_of(party):
    return [
        (
            party.credit_code or party.no_code_reason,
            _("Unified social credit code of the employer, or why it has none"),
        ),
        (party.contact_name or party.phone, _("Contact person or telephone of the employer")),
    ]
