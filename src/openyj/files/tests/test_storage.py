"""Where the bytes are: in the database, or in a bucket."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.test import override_settings
from moto import mock_aws

from openyj.accounts.scope import acting
from openyj.files.models import FileContent, StoredFile
from openyj.files.services import keep
from openyj.files.serving import send, send_thumbnail
from openyj.files.tests import made
from openyj.files.tests.made import upload

pytestmark = pytest.mark.django_db
BUCKET = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": "files",
        "access_key": "nobody",
        "secret_key": "nothing",
        "region_name": "eu-west-2",
        "default_acl": None,
        "file_overwrite": False,
    },
}


def test_a_file_comes_back_as_it_was_kept_and_does_nothing(service, staff):
    person = staff("practitioner")
    with acting(by=person):
        stored = keep(upload("report.pdf", made.pdf("Hazel")), service=service, by=person)
        response = send(stored)
    assert response.content.startswith(b"%PDF-") and len(response.content) == stored.size
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''report.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_is_shown_and_has_a_small_one(service, staff):
    person = staff("practitioner")
    with acting(by=person):
        stored = keep(upload("wall.jpeg", made.picture()), service=service, by=person)
        assert send(stored)["Content-Disposition"].startswith("inline; ")
        assert send_thumbnail(stored).content.startswith(b"\xff\xd8\xff")


def test_another_service_has_neither_the_row_nor_the_bytes(service, other_service, staff):
    person, neighbour = staff("practitioner"), staff("practitioner", service=other_service)
    with acting(by=person):
        stored = keep(upload("a.txt", b"Hazel"), service=service, by=person)
    with acting(by=neighbour):
        assert not StoredFile.objects.exists() and not FileContent.objects.exists()
        with pytest.raises(FileNotFoundError):
            storages["files"].open(stored.key)


def test_a_file_is_never_changed_and_never_deleted(service, staff):
    person = staff("practitioner")
    with acting(by=person):
        keep(upload("a.txt", b"Hazel"), service=service, by=person)
        for change in (
            lambda: StoredFile.objects.update(name="b.txt"),
            lambda: FileContent.objects.update(content=b""),
            lambda: StoredFile.objects.all()._raw_delete("default"),
            lambda: FileContent.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_bucket_holds_the_bytes_when_one_is_set(service, staff, settings):
    import boto3

    person = staff("practitioner")
    with mock_aws(), override_settings(STORAGES={**settings.STORAGES, "files": BUCKET}), acting(by=person):
        client = boto3.client(
            "s3", region_name="eu-west-2", aws_access_key_id="nobody", aws_secret_access_key="nothing"
        )
        client.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        stored = keep(upload("wall.png", made.picture("PNG")), service=service, by=person)
        kept = {each["Key"] for each in client.list_objects_v2(Bucket="files")["Contents"]}
        assert kept == {stored.key, f"{stored.key}-small"}
        assert send(stored).content.startswith(b"\x89PNG") and send_thumbnail(stored).content
        assert not FileContent.objects.exists()
        kept_before = storages["files"].save(stored.key, ContentFile(b"again"))
        assert kept_before != stored.key, "a file in the bucket is never overwritten"
