"""Consents to passing data on name their recipient: one row for each of the three asked about."""

from django.db import migrations, models

EXPAND = """
    INSERT INTO disputes_consent (party_id, purpose, recipient, given, at, recorded_by_id)
        SELECT party_id, purpose, kind, given, at, recorded_by_id
        FROM disputes_consent, (VALUES ('court'), ('aid_centre')) AS recipients (kind)
        WHERE purpose = 'sharing' AND recipient = '';
    UPDATE disputes_consent SET recipient = 'arbitration_commission'
        WHERE purpose = 'sharing' AND recipient = '';
    -- The table is altered in the same transaction.
    SET CONSTRAINTS ALL IMMEDIATE;
"""
JOIN = """
    DELETE FROM disputes_consent
        WHERE purpose = 'sharing' AND recipient <> 'arbitration_commission';
    UPDATE disputes_consent SET recipient = '' WHERE purpose = 'sharing';
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0025_uploads_in_pieces"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("informed", "told that mediation is voluntary"),
                    ("processing", "processing of personal data"),
                    ("sharing", "passing personal data on"),
                    ("next_tier", "going on at the regional tier"),
                    ("mediation", "mediation"),
                    ("e_service", "electronic service"),
                    ("supervisor", "mediation by who issued an opinion against the employer"),
                ],
                max_length=12,
                verbose_name="purpose",
            ),
        ),
        migrations.RunSQL(EXPAND, JOIN),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose", "sharing"), _negated=True),
                    models.Q(("recipient", ""), _negated=True),
                    _connector="OR",
                ),
                name="consent_to_sharing_names_whom",
            ),
        ),
    ]
