"""Lists of proof and opinions are the record's now: the rows move, with their keys."""

from django.db import migrations

MOVE = """
INSERT INTO disputes_proofitem (
    id, at, number, name, source, purpose, pages, is_original, submitted_on, is_late,
    exchanged_on, by_id, material_id, party_id, proceeding_id
) SELECT
    id, at, number, name, source, purpose, pages, is_original, submitted_on, is_late,
    exchanged_on, by_id, material_id, party_id, proceeding_id
FROM arbitration_proofitem;
INSERT INTO disputes_proofopinion (
    id, at, opinion, doubts_authenticity, doubts_legality, doubts_relevance, reason, manner,
    said_on, by_id, item_id, party_id
) SELECT
    id, at, opinion, doubts_authenticity, doubts_legality, doubts_relevance, reason, 'together',
    said_on, by_id, item_id, party_id
FROM arbitration_proofopinion;
SELECT setval(pg_get_serial_sequence('disputes_proofitem', 'id'), max(id))
    FROM disputes_proofitem HAVING max(id) IS NOT NULL;
SELECT setval(pg_get_serial_sequence('disputes_proofopinion', 'id'), max(id))
    FROM disputes_proofopinion HAVING max(id) IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("arbitration", "0011_a_party_goes_back_on_a_statement"),
        ("disputes", "0029_proof_at_every_tier"),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="ProofOpinion"),
        migrations.DeleteModel(name="ProofItem"),
    ]
