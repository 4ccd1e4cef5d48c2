"""A family takes its yes back. Told as it happens, from the class to the office and back."""

import io
import zipfile

import numpy as np
from PIL import Image

from belisha.audit.actions import verify
from belisha.consent.rules import Kind
from belisha.photos.tests.conftest import MALIK, robins, settled  # noqa: F401 - fixtures


def hidden(data, box):
    picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
    left, top, right, bottom = box.pixels(picture.shape[1], picture.shape[0])
    return bool(picture[top:bottom, left:right].reshape(-1, 3).std(axis=0).max() < 3)


def test_a_family_takes_its_yes_back(client, settled):  # noqa: F811
    # Given a copy for the newsletter, on which Malik is seen
    client.force_login(settled.teacher)
    picture = f"/pictures/{settled.photo.ref}/"
    album = f"/albums/{settled.album.ref}/"
    copy = client.post(picture + "copies/", {"purpose": "newsletter"}).headers["Location"]
    assert not hidden(client.get(copy + "photo.jpg?keep=1").content, MALIK)

    # When his mother rings the office, and the office writes her no down
    client.force_login(settled.office)
    purpose = next(iter(settled.photo.copies.all())).purpose
    page = f"/consent/pupil/{settled.malik.pk}/record/"
    form = client.get(page).context["form"]
    question = next(field.html_name for field in form.questions if field.label == purpose.name)
    answer = client.post(
        page,
        {
            "parent": settled.mother.pk,
            "how": "phone",
            "happened_on": "2026-11-20",
            question: "refused",
        },
    )
    assert answer.status_code == 302

    # Then the very next request for the copy is refused, and names nobody
    client.force_login(settled.teacher)
    for address in (copy, copy + "photo.jpg", copy + "photo.jpg?keep=1"):
        refusal = client.get(address)
        assert refusal.status_code == 410
        assert "Someone in this copy may not be shown in it now" in refusal.text
        assert "Malik" not in refusal.text
        assert "P.i" in refusal.text

    # And the light tells it, the ZIP covers him, and the record is whole
    assert "Goes with 2 faces hidden" in client.get(picture).text
    content = client.post(album + "pictures.zip", {"purpose": "newsletter"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(content.streaming_content)))
    assert hidden(archive.read("0001.jpg"), MALIK)
    assert [wrong for _, _, wrong in verify() if wrong] == []


def test_a_mother_who_says_yes_again_is_heard_too(client, settled):  # noqa: F811
    settled.say(settled.malik, settled.mother, Kind.REFUSED)
    settled.say(settled.malik, settled.mother, Kind.GIVEN)
    client.force_login(settled.teacher)
    page = client.get(f"/pictures/{settled.photo.ref}/")
    assert "Goes with 1 face hidden" in page.text
