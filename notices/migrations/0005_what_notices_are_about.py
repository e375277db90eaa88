from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_events_and_subscriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="for_readers",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="subject",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("subject__isnull", False)),
                fields=["subject"],
                name="notice_subject",
            ),
        ),
        # What was told before led to the pages of cases.
        migrations.RunSQL(
            r"UPDATE notices_notice SET subject = substring(url from '^/cases/([0-9]{1,18})/')::bigint"
            r" WHERE url ~ '^/cases/[0-9]{1,18}/'",
            migrations.RunSQL.noop,
        ),
    ]
