"""A long film goes in over a bad line: the connection breaks in the middle, and it goes on."""

import pytest

from disputes.models import Evidence, Upload
from tests.factories import make_case

FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 40_000  # ten megabytes


@pytest.fixture
def case(settings, tmp_path, register, district_mediator):
    settings.MEDIA_ROOT = tmp_path
    return make_case(register.guta, by=district_mediator, handler=district_mediator).case


def choose(desk, case, tmp_path, content=FILM):
    """Open the case and choose the film for it."""
    path = tmp_path / "厂区录像.mp4"
    path.write_bytes(content)
    desk.open(f"/cases/{case.pk}/")
    desk.page.get_by_text("补充材料").click()
    desk.write(files=str(path), purpose="证明加班到深夜", source="工友手机")


def press_upload(desk):
    desk.page.get_by_role("button", name="上传", exact=True).click()


def test_a_broken_connection_costs_a_piece_and_not_the_film(
    desk, clock, case, district_mediator, tmp_path
):
    desk.sign_in(district_mediator)
    choose(desk, case, tmp_path)
    pieces = []

    def pass_two(route):
        pieces.append(route.request.headers["upload-offset"])
        route.abort("connectionreset") if len(pieces) == 3 else route.continue_()

    desk.page.route("**/uploads/*/", lambda route: route.fallback())
    desk.page.route(
        "**/uploads/*/",
        lambda route: pass_two(route) if route.request.method == "PATCH" else route.fallback(),
    )
    press_upload(desk)
    desk.page.get_by_text("网络中断").wait_for()
    desk.shoot("upload_1_broken")
    assert 0 < Upload.objects.get().received < len(FILM)

    desk.page.get_by_text("厂区录像.mp4 已保存").wait_for()
    desk.shoot("upload_2_kept")
    row = Evidence.objects.get()
    assert row.file.read() == FILM
    assert (row.purpose, row.source) == ("证明加班到深夜", "工友手机")
    assert pieces[2] == pieces[3]


def test_after_the_page_was_left_the_same_file_goes_on_where_it_stopped(
    desk, clock, case, district_mediator, tmp_path
):
    desk.sign_in(district_mediator)
    desk.page.set_viewport_size({"width": 390, "height": 844})
    choose(desk, case, tmp_path)
    sent = []

    def pass_one(route):
        sent.append(int(route.request.headers.get("upload-offset", -1)))
        route.continue_() if len(sent) == 1 else route.abort("internetdisconnected")

    desk.page.route("**/uploads/*/", pass_one)
    press_upload(desk)
    desk.page.get_by_text("网络中断").wait_for()
    stood = Upload.objects.get().received
    assert stood
    desk.page.unroute("**/uploads/*/")
    desk.page.close(run_before_unload=False)

    desk.page = desk.page.context.new_page()
    desk.page.set_viewport_size({"width": 390, "height": 844})
    choose(desk, case, tmp_path)
    first = []
    desk.page.on(
        "request",
        lambda one: first.append(one.headers["upload-offset"]) if one.method == "PATCH" else None,
    )
    press_upload(desk)
    desk.page.get_by_text("厂区录像.mp4 已保存").wait_for()
    assert int(first[0]) == stood
    assert Evidence.objects.get().file.read() == FILM


def test_a_refused_file_says_why_beside_its_name_and_the_form_stays(
    desk, clock, case, district_mediator, tmp_path
):
    desk.sign_in(district_mediator)
    choose(desk, case, tmp_path, content=b"MZ\x90\x00" + bytes(5_000))
    press_upload(desk)
    desk.page.get_by_text("从内容看").wait_for()
    desk.shoot("upload_3_refused")
    assert desk.page.locator("[name=purpose]").input_value() == "证明加班到深夜"
    assert not Evidence.objects.exists()
