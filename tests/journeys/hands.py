"""People of the house at its doors, without a browser: each page is opened, filled in and sent."""

from django.test import Client
from django.urls import reverse

from tests.workflows.walking import task_of
from tests.workflows.walks.filling import EMPTY, shown


class Hands:
    """Does what people do with the pages of a case; *travel* moves the clock to a moment."""

    def __init__(self, travel):
        self.travel = travel
        self.at = None

    def go_to(self, moment):
        """Let it be *moment*; everybody logs in afresh."""
        self.at = moment
        self.travel(moment)

    def step(self, user, proceeding, name, **answers):
        """Let *user* do the open step *name* of *proceeding*."""
        proceeding.refresh_from_db()
        return self.send(user, reverse("step", args=[task_of(proceeding, name).pk]), **answers)

    def way(self, user, proceeding, name, **answers):
        """Let *user* take the way *name* from wherever the case is."""
        return self.send(user, reverse(name, args=[proceeding.case_id]), **answers)

    def act(self, user, proceeding, name, *, door="desk_act", **answers):
        """Let *user* do the act *name* at the desk of the commission."""
        return self.send(user, reverse(door, args=[proceeding.pk, name]), **answers)

    def send(self, user, url, **answers):
        """Open *url* as *user*, fill in *answers* over what the page shows, and send it."""
        answer = self.try_to_send(user, url, **answers)
        form = answer.context["form"] if answer.status_code == 422 else None
        assert answer.status_code == 302, f"{url}: {answer.status_code} {form and form.errors}"
        return answer

    def try_to_send(self, user, url, **answers):
        """Return the answer to the form at *url*, whatever it is."""
        browser = self.browser(user)
        page = browser.get(url)
        form = page.context.get("form") if page.status_code == 200 else None
        known = {} if form is None else self._known(form)
        return browser.post(url, {**known, **answers})

    def reads(self, user, url):
        """Return what the page *url* says to *user*."""
        page = self.browser(user).get(url)
        assert page.status_code == 200, f"{url}: {page.status_code}"
        return page.content.decode()

    def browser(self, user):
        """Return a browser in which *user* is logged in."""
        browser = Client()
        browser.force_login(user)
        return browser

    @staticmethod
    def _known(form):
        found = {
            form.add_prefix(name): shown(form, name, each) for name, each in form.fields.items()
        }
        return {name: value for name, value in found.items() if value not in EMPTY}
