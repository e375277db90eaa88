from django.db import migrations, models


class Migration(migrations.Migration):
    """Some time limits get their length from the parties or from a letter."""

    dependencies = [("disputes", "0004_desk_of_a_proceeding")]

    operations = [
        migrations.AddField(
            "deadline",
            "amount",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="own length"),
        ),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
                name="deadline_lasts_a_while",
            ),
        ),
    ]
