from django.db import migrations, models

# What was served by the old way keeps its days. What it did not ask for is said to be unknown:
# the new table wants a reason and witnesses of what was left or published.
COPY = """
INSERT INTO disputes_service (
    case_id, proceeding_id, party_id, paper, document_id, copies, state, method, place, server,
    sent_on, served_on, received_on, read_at, received_by, relation, signed, receipt, reason,
    witnesses, returned_on, proof_id, previous_id, correction, level, reach, at, added_by_id
)
SELECT p.case_id, s.proceeding_id, s.party_id, s.paper, NULL, 1, 'served', s.method, '', '',
       NULL, s.served_on,
       CASE WHEN s.method = 'public' THEN greatest(s.received_on, s.served_on + 1)
            ELSE s.received_on END,
       NULL, '', '', s.receipt = '',
       CASE WHEN s.method = 'public' AND s.receipt = '' THEN '原记录未载明' ELSE s.receipt END,
       CASE WHEN s.method IN ('left', 'public') THEN '原记录未载明' ELSE '' END,
       CASE WHEN s.method = 'left' THEN '原记录未载明、原记录未载明' ELSE '' END,
       NULL, NULL, NULL, '', 2, 'onward', s.at, s.by_id
  FROM arbitration_service s
  JOIN disputes_proceeding p ON p.id = s.proceeding_id
 ORDER BY s.id
"""
WAYS = [
    ("direct", "handed over"),
    ("mail", "by mail"),
    ("electronic", "electronically"),
    ("left", "left or posted at the address"),
    ("public", "by public notice"),
    ("via", "through another body"),
    ("passed", "passed on by the recipient's own unit"),
    ("simple", "by telephone or text message"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("arbitration", "0009_notice_of_a_collective_case"),
        ("disputes", "0027_service_of_papers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="docketdecision",
            name="notice_method",
            field=models.CharField(
                blank=True, choices=WAYS, max_length=10, verbose_name="method of service"
            ),
        ),
        migrations.AlterField(
            model_name="specialending",
            name="notice_method",
            field=models.CharField(choices=WAYS, max_length=10, verbose_name="method of service"),
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Service"),
    ]
