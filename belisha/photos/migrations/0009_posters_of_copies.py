from django.db import migrations, models


def cover_again(apps, schema_editor):
    """What was covered before has no poster yet: it is made once more, with one."""
    apps.get_model("photos", "CoveredClip").objects.update(made_at=None, share=0, tries=0)


class Migration(migrations.Migration):
    dependencies = [
        ("photos", "0008_of_event"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="rendition",
            field=models.CharField(
                blank=True,
                choices=[
                    ("original", "original"),
                    ("view", "view"),
                    ("thumb", "thumb"),
                    ("clip", "clip"),
                    ("poster", "first picture of a clip"),
                    ("preview", "small clip that any browser plays"),
                    ("strip", "pictures of one face"),
                    ("covered", "clip with faces covered"),
                    ("first", "first picture of a covered clip"),
                ],
                max_length=10,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="covered_piece_once",
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("covered__isnull", False)),
                fields=("school", "covered", "rendition", "number"),
                name="covered_piece_once",
            ),
        ),
        migrations.RunPython(cover_again, migrations.RunPython.noop),
    ]
