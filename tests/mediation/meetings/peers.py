"""Servers of mail that the tests start: a real SMTP and a real IMAP, small but by the book."""

import socketserver
import threading
from contextlib import contextmanager


class _Lines(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def hear(self):
        return self.rfile.readline().decode("utf-8", "replace").strip()


class Smtp(_Lines):
    """RFC 5321 as far as one message after the other needs it."""

    def handle(self):
        self.say("220 peer")
        while line := self.hear():
            word = line.upper().split(" ")[0]
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (raw := self.rfile.readline()) != b".\r\n":
                    lines.append(raw.removeprefix(b".") if raw.startswith(b"..") else raw)
                self.server.mails.append(b"".join(lines))
            if word == "RCPT" and "bounce" in line:
                self.say("550 no such box")
                continue
            self.say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return


class Imap(_Lines):
    """RFC 3501 as far as reading new mails needs it."""

    def handle(self):
        self.say("* OK peer ready")
        while line := self.hear():
            tag, _, rest = line.partition(" ")
            words = rest.upper().split()
            if words[:2] == ["UID", "SEARCH"]:
                new = [str(n) for n in self.server.box if n not in self.server.seen]
                self.say("* SEARCH " + " ".join(new))
            elif words[:2] == ["UID", "FETCH"]:
                number = int(words[2])
                mail = self.server.box[number][:1_000_001]
                self.wfile.write(
                    f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}\r\n".encode()
                    + mail + b")\r\n"
                )  # fmt: skip
            elif words[:2] == ["UID", "STORE"]:
                self.server.seen.add(int(words[2]))
            elif words[0] == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif words[0] == "SELECT":
                self.say(f"* {len(self.server.box)} EXISTS")
            elif words[0] == "LOGOUT":
                self.say("* BYE")
                self.say(f"{tag} OK done")
                return
            self.say(f"{tag} OK done")


@contextmanager
def running(handler):
    """Run a server of *handler* on a free port of this machine; yield it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.mails, server.box, server.seen = [], {}, set()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
