"""A paper for everybody on a roster: ordered on a page, made in the background."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from disputes import jobs
from disputes.domain import case_papers, paper_batches
from disputes.models import CasePaper, PaperBatch
from papers.domain import converting, issuing
from papers.models import Paper
from papers.refusals import ConversionFailed, FieldsMissing
from tests.disputes.rosters import rostered
from tests.factories import MONDAY
from tests.papers.documents import text_of

pytestmark = pytest.mark.django_db
CODE = "acceptance_notice"
TYPED = {"受理日期": "2026年9月8日", "调解期限": "2026年9月23日"}


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ())


@pytest.fixture
def members(district_case, district_mediator):
    district_case.handler = district_mediator
    district_case.save()
    return rostered(district_case, 5)


def order(proceeding, by, code=CODE):
    return paper_batches.order_batch(proceeding, code, typed=TYPED, url="", at=MONDAY, by=by)


def test_everybody_on_the_roster_gets_one_with_her_own_name(
    district_case, district_mediator, members, monkeypatch
):
    monkeypatch.setattr(paper_batches, "CHUNK", 2)
    batch = order(district_case, district_mediator)
    jobs.make_paper_batch(batch.pk)
    batch.refresh_from_db()

    assert (batch.state, batch.done, batch.total) == ("done", 5, 5)
    numbers = list(Paper.objects.order_by("serial").values_list("serial", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    rows = CasePaper.objects.order_by("pk").select_related("party", "paper")
    for row, member in zip(rows, members, strict=True):
        assert row.party == member.party
        assert member.party.name in text_of(issuing.read(row.paper))
    names = zipfile.ZipFile(BytesIO(batch.archive.read())).namelist()
    assert len(names) == 5
    assert names[0].startswith(f"0001-{members[0].party.name}-")
    entry = district_case.case.timeline.order_by("pk").last()
    assert entry.facts["last"].endswith("第5号")


def test_a_batch_that_broke_goes_on_where_it_was(
    district_case, district_mediator, members, monkeypatch
):
    monkeypatch.setattr(paper_batches, "CHUNK", 2)
    batch = order(district_case, district_mediator)
    usual, calls = case_papers.issue_chunk, []

    def breaking(*arguments, **options):
        calls.append(1)
        if len(calls) == 2:
            raise ConversionFailed
        return usual(*arguments, **options)

    monkeypatch.setattr(case_papers, "issue_chunk", breaking)
    jobs.make_paper_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done) == ("failed", 2)

    jobs.make_paper_batch(batch.pk)
    jobs.make_paper_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Paper.objects.count()) == ("done", 5)


def test_what_cannot_be_made_is_refused_before_a_number_is_given(
    district_case, district_mediator, register
):
    with pytest.raises(paper_batches.NobodyOnTheRoster):
        order(district_case, district_mediator)
    rostered(district_case, 2)
    with pytest.raises(FieldsMissing):
        order(district_case, district_mediator, "power_of_attorney")
    order(district_case, district_mediator)
    with pytest.raises(paper_batches.AtWorkAlready):
        order(district_case, district_mediator)
    assert not Paper.objects.exists()


def test_it_is_ordered_on_the_page_of_the_paper(client, district_case, district_mediator, members):
    client.force_login(district_mediator)
    url = reverse("paper_draft", args=[district_case.case_id, CODE])
    worker = district_case.case.parties.get(kind="worker")
    answer = client.post(url, TYPED | {"to": worker.pk, "issue": "1", "roster": "1"})
    batch = PaperBatch.objects.get()

    assert answer.url == reverse("paper_batch", args=[batch.pk])
    assert OrmQ.objects.get().task["func"] == "disputes.jobs.make_paper_batch"
    page = client.get(answer.url, headers={"HX-Request": "true"})
    assert "hx-get" in page.content.decode()
    jobs.make_paper_batch(batch.pk)
    assert client.get(reverse("paper_batch_archive", args=[batch.pk])).status_code == 200
    assert client.get(reverse("paper_batch_book", args=[batch.pk])).status_code == 404
    papers = reverse("case_papers", args=[district_case.case_id])
    assert reverse("paper_batch", args=[batch.pk]) in client.get(papers).content.decode()


def test_a_batch_is_for_its_desk(
    client, district_case, district_mediator, members, other_mediator, leader
):
    batch = order(district_case, district_mediator)
    jobs.make_paper_batch(batch.pk)
    names = ("paper_batch", "paper_batch_archive", "paper_batch_book")
    found = {}
    for person in (other_mediator, leader):
        client.force_login(person)
        pages = [client.get(reverse(name, args=[batch.pk])).status_code for name in names]
        found[person.username] = pages
    assert found == {"linghe": [404] * 3, "lingdao": [403] * 3}
