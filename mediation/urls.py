"""The doors of mediation: agreements and what becomes of them, the joint meeting."""

from django.urls import path

from mediation.views import (
    agreements,
    dispatches,
    meeting_agenda,
    meeting_calendar,
    meeting_liaisons,
    meeting_links,
    meeting_live,
    meetings,
    performance,
    sessions,
)

urlpatterns = [
    path("performance/", performance.performances, name="performances"),
    path("performance/<key:pk>/", performance.instalment, name="instalment"),
    path("mediation/<key:pk>/sessions/", sessions.sessions, name="mediation_sessions"),
    path(
        "mediation/<key:pk>/sessions/<key:plan>/", sessions.planned_session, name="planned_session"
    ),
    path("mediation/<key:pk>/record/", sessions.record_draft, name="record_draft"),
    path("mediation/<key:pk>/terms/", agreements.terms, name="agreement_terms"),
    path("mediation/<key:pk>/sign/", agreements.sign, name="agreement_sign"),
    path("mediation/<key:pk>/sign/back/", agreements.take_back, name="agreement_take_back"),
    path("mediation/<key:pk>/after/", agreements.after, name="agreement_after"),
    path("mediation/<key:pk>/after/apply/", agreements.apply_jointly, name="agreement_apply"),
    path("mediation/<key:pk>/after/result/", agreements.note_result, name="agreement_result"),
    path("meetings/", meeting_calendar.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/rooms/", meeting_calendar.rooms, name="meeting_rooms"),
    path("meetings/rooms/<key:pk>/", meeting_calendar.room, name="meeting_room"),
    path("meetings/actions/", meeting_live.actions, name="meeting_actions"),
    path("meetings/actions/<key:pk>/", meeting_live.action, name="meeting_action"),
    path("meetings/feeds/", meeting_links.feeds, name="meeting_feeds"),
    path("meetings/feeds/<key:pk>/stop/", meeting_links.stop, name="meeting_feed_stop"),
    path("meetings/liaisons/", meeting_liaisons.liaisons, name="meeting_liaisons"),
    path("meetings/liaisons/<key:pk>/end/", meeting_liaisons.end, name="meeting_liaison_end"),
    path("dispatches/", dispatches.dispatches, name="dispatches"),
    path("dispatches/new/", dispatches.dispatch_new, name="dispatch_new"),
    path("dispatches/kinds/", dispatches.dispatch_kinds, name="dispatch_kinds"),
    path("dispatches/kinds/<key:pk>/", dispatches.dispatch_kind, name="dispatch_kind"),
    path("dispatches/<key:pk>/", dispatches.dispatch, name="dispatch"),
    path("meetings/mail/", meeting_links.mail, name="meeting_mail"),
    path("meetings/mail/<key:pk>/", meeting_links.settle, name="meeting_mail_settle"),
    path("meetings/answer/<str:token>/", meeting_links.answer, name="meeting_answer"),
    path("calendar/<str:secret>.ics", meeting_links.feed, name="meeting_feed"),
    path("calendar/<str:secret>.ifb", meeting_links.busy, name="meeting_busy"),
    path("meetings/<key:pk>/invite/", meeting_links.invite, name="meeting_invite"),
    path("meetings/<key:pk>/reply/", meeting_links.reply, name="meeting_reply"),
    path("meetings/<key:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<key:pk>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<key:pk>/cancel/", meetings.cancel, name="meeting_cancel"),
    path("meetings/<key:pk>/agenda/", meeting_agenda.agenda, name="meeting_agenda"),
    path("meetings/<key:pk>/agenda/add/", meeting_agenda.add, name="meeting_agenda_add"),
    path("meetings/<key:pk>/items/<key:item>/", meeting_agenda.item, name="meeting_item"),
    path("meetings/<key:pk>/items/<key:item>/move/", meeting_agenda.move, name="meeting_item_move"),
    path(
        "meetings/<key:pk>/items/<key:item>/papers/", meeting_agenda.hand_in, name="meeting_hand_in"
    ),
    path("meetings/<key:pk>/items/<key:item>/leave/", meeting_live.leave, name="meeting_leave"),
    path(
        "meetings/<key:pk>/papers/<key:material>/", meeting_agenda.material, name="meeting_material"
    ),
    path("meetings/<key:pk>/as/<key:office>/", meeting_agenda.preview, name="meeting_preview"),
    path("meetings/<key:pk>/people/", meeting_agenda.people, name="meeting_people"),
    path("meetings/<key:pk>/people/<key:person>/", meeting_agenda.person, name="meeting_person"),
    path("meetings/<key:pk>/people/<key:person>/tick/", meeting_live.tick, name="meeting_tick"),
    path("meetings/<key:pk>/turn/", meeting_live.turn, name="meeting_turn"),
    path("meetings/<key:pk>/live/", meeting_live.live, name="meeting_live"),
    path("meetings/<key:pk>/attendance/", meeting_live.attendance, name="meeting_attendance"),
    path("meetings/<key:pk>/sign-in/", meeting_live.sign_in, name="meeting_sign_in"),
    path("meetings/<key:pk>/sheet/", meeting_live.sheet, name="meeting_sheet"),
    path("meetings/<key:pk>/minutes/", meeting_live.minutes, name="meeting_minutes"),
    path(
        "meetings/<key:pk>/minutes/<key:office>.docx",
        meeting_live.minutes_paper,
        name="meeting_minutes_paper",
    ),
    path("cases/<key:pk>/meeting/", meeting_agenda.propose, name="case_meeting"),
]
