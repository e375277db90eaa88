"""The doors of the register of offices, of people and of one's own account."""

from django.urls import path

from offices.views import (
    absences,
    account,
    imports,
    offices,
    people,
    postings,
    programs,
    second_factor,
)

urlpatterns = [
    path("login/", account.LoginView.as_view(), name="login"),
    path("me/", account.me, name="me"),
    path("me/password/", account.password_change, name="password_change"),
    path("me/second-factor/", second_factor.second_factor, name="second_factor"),
    path("absences/", absences.absence_list, name="absences"),
    path("absences/add/", absences.absence_add, name="absence_add"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("programs/", programs.interface, name="interface"),
    path("programs/tokens/", programs.my_tokens, name="my_tokens"),
    path("programs/tokens/<int:pk>/revoke/", programs.token_revoke, name="token_revoke"),
    path("offices/", offices.office_list, name="offices"),
    path("offices/add/", offices.office_add, name="office_add"),
    path("offices/import/", imports.office_import, name="office_import"),
    path("offices/<int:pk>/", offices.office_page, name="office"),
    path("offices/<int:pk>/edit/", offices.office_edit, name="office_edit"),
    path("offices/<int:pk>/close/", offices.office_close, name="office_close"),
    path("offices/<int:pk>/reopen/", offices.office_reopen, name="office_reopen"),
    path("people/", people.person_list, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/password/", people.person_password, name="person_password"),
    path("people/<int:pk>/second-factor/", people.person_second_factor, name="person_factor"),
    path("people/<int:pk>/off/", people.person_off, name="person_off"),
    path("people/<int:pk>/on/", people.person_on, name="person_on"),
    path("people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("postings/add/", postings.posting_add, name="posting_add"),
    path("postings/<int:pk>/end/", postings.posting_end, name="posting_end"),
]
