"""Somebody at a desk with a browser: signs in, reads, writes, presses."""

from django.utils import timezone

from tests.factories import PASSWORD, code_at, code_of


class Desk:
    """One browser window. *faults* collects errors of scripts and of the server."""

    def __init__(self, page, *, url, shots):
        self.page, self.url, self.shots, self.taken = page, url, shots, 0
        self.faults = []
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._note_answer)
        page.on("console", self._note_message)

    def _note_answer(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    def _note_message(self, message):
        if "Content Security Policy" in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def sign_in(self, user, *, path="/"):
        """Leave whoever sat here and log in as *user*, on the way to *path*."""
        self.log_in(user.username, PASSWORD, code=code_of(user), path=path)
        self.page.wait_for_url(f"{self.url}{path}")

    def log_in(self, username, password, *, code="", path="/"):
        """Leave whoever sat here and log in with this name, *password* and *code*."""
        self.page.context.clear_cookies()
        self.open(f"/login/?next={path}")
        self.write(username=username, password=password, code=code)
        self.press("登录")

    def begin(self, username, password, *, path="/"):
        """Log in for the first time, and set both factors as the cast has them."""
        self.log_in(username, password, path=path)
        self.write(old_password=password, new_password1=PASSWORD, new_password2=PASSWORD)
        self.send()
        secret = "".join(self.page.locator(".fx-key").inner_text().split())
        self.write(code=code_at(timezone.now(), secret=secret))
        self.send()
        self.follow("我已保存好")

    def open(self, path):
        """Go to the address *path* of the house; return the answer."""
        return self.page.goto(f"{self.url}{path}")

    def write(self, **answers):
        """Fill in the fields of the form by their names, each as its kind asks for."""
        for name, answer in answers.items():
            self._write(self.page.locator(f"main [name='{name}']:not([type=hidden])"), answer)

    def _write(self, field, answer):
        kind = field.first.evaluate("e => e.type || e.tagName.toLowerCase()")
        if kind == "radio":
            self._choose(field, answer)
        elif kind == "checkbox":
            field.set_checked(answer)
        elif kind.startswith("select"):
            field.select_option(answer)
        elif kind == "file":
            field.set_input_files(answer)
        else:
            field.fill(str(answer))

    def _choose(self, field, answer):
        """Click the words beside a radio button, as people do."""
        chosen = field.and_(self.page.locator(f"[value='{answer}']"))
        self.page.locator(f"label[for='{chosen.get_attribute('id')}']").click()

    def press(self, words):
        """Press the button with these *words* and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words):
        """Click the link with these *words*, in the menu if need be; wait for the next page."""
        link = self.page.get_by_role("link", name=words, exact=True).first
        if not link.count():
            self.page.locator(".fx-head-actions details.fx-menu summary").first.click()
        with self.page.expect_navigation():
            link.click()

    def send(self):
        """Press the button that completes the form, whatever it is called."""
        with self.page.expect_navigation():
            self.page.locator("main .fx-bar button[type=submit]").first.click()

    def take_up(self, title):
        """From the worklist, go to the step *title* of the first case that waits with it."""
        self.open("/")
        row = self.page.locator("tbody tr", has_text=title).first
        with self.page.expect_navigation():
            row.locator("a.btn-go").click()

    def reads(self, *words):
        """Assert that all these *words* stand on the page where they can be seen."""
        text = self.page.locator("body").inner_text()
        missing = [each for each in words if each not in text]
        assert not missing, f"{missing} not on {self.page.url}:\n{text}"

    def shoot(self, name):
        """Take a picture of the whole page."""
        self.taken += 1
        path = self.shots / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path
