/* Files go in piece by piece: a broken connection costs one piece, never the file. Without this
   script the form sends them whole. */
(function () {
  "use strict";

  var LEAST = 256 * 1024;
  var MOST = 4 * 1024 * 1024;
  var WAITS = [1, 2, 4, 8, 15, 30];

  /* SHA-256 of what is fed to it bit by bit: FIPS 180-4 */
  var K = [];
  var START = [];
  (function () {
    function part(number) {
      return ((number - Math.floor(number)) * 4294967296) | 0;
    }
    for (var n = 2; K.length < 64; n++) {
      var prime = true;
      for (var d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
      if (!prime) continue;
      if (START.length < 8) START.push(part(Math.pow(n, 1 / 2)));
      K.push(part(Math.pow(n, 1 / 3)));
    }
  })();

  function Digest() {
    this.state = new Int32Array(START);
    this.rest = new Uint8Array(64);
    this.kept = 0;
    this.length = 0;
    this.words = new Int32Array(64);
  }
  Digest.prototype.block = function (bytes, at) {
    var w = this.words;
    var s = this.state;
    var i;
    for (i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (i = 16; i < 64; i++) {
      var p = w[i - 15];
      var q = w[i - 2];
      var s0 = ((p >>> 7) | (p << 25)) ^ ((p >>> 18) | (p << 14)) ^ (p >>> 3);
      var s1 = ((q >>> 17) | (q << 15)) ^ ((q >>> 19) | (q << 13)) ^ (q >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    var a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (i = 0; i < 64; i++) {
      var e1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      var t1 = (h + e1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      var a0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      var t2 = (a0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  };
  Digest.prototype.add = function (bytes) {
    var at = 0;
    this.length += bytes.length;
    if (this.kept) {
      at = Math.min(64 - this.kept, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.kept);
      this.kept += at;
      if (this.kept < 64) return;
      this.block(this.rest, 0);
      this.kept = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.rest.set(bytes.subarray(at), 0);
    this.kept = bytes.length - at;
  };
  Digest.prototype.hex = function () {
    var tail = new Uint8Array(this.kept < 56 ? 64 : 128);
    tail.set(this.rest.subarray(0, this.kept));
    tail[this.kept] = 128;
    var view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(this.length / 536870912));
    view.setUint32(tail.length - 4, (this.length * 8) >>> 0);
    for (var at = 0; at < tail.length; at += 64) this.block(tail, at);
    return Array.from(this.state, function (word) {
      return ("0000000" + (word >>> 0).toString(16)).slice(-8);
    }).join("");
  };

  function read(file, from, to) {
    return new Response(file.slice(from, to)).arrayBuffer().then(function (buffer) {
      return new Uint8Array(buffer);
    });
  }
  function wait(seconds) {
    return new Promise(function (go) {
      var timer = setTimeout(done, seconds * 1000);
      function done() {
        clearTimeout(timer);
        window.removeEventListener("online", done);
        go();
      }
      window.addEventListener("online", done);
    });
  }
  function Refused(sentence) {
    this.sentence = sentence;
  }

  function Sending(form, file, show) {
    this.form = form;
    this.file = file;
    this.show = show;
    this.size = 1024 * 1024;
    this.failures = 0;
  }
  Sending.prototype.ask = function (url, options) {
    var token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    options.headers = Object.assign({ "X-CSRFToken": token }, options.headers);
    options.credentials = "same-origin";
    options.redirect = "manual";
    return fetch(url, options);
  };
  /* what the house answered: go on, refuse with its sentence, or try again later */
  Sending.prototype.judge = function (answer) {
    var words = this.form.dataset;
    if (answer.ok || answer.status === 409) return answer;
    if (answer.status === 422) {
      return answer.json().then(function (said) {
        var first = Object.keys(said.errors)[0];
        throw new Refused(said.errors[first][0]);
      });
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Refused(words.expiredWords);
    if (answer.status === 403 || answer.status === 404) throw new Refused(words.refusedWords);
    throw new Error(String(answer.status));
  };
  /* again and again, until it comes through */
  Sending.prototype.insist = function (act) {
    var self = this;
    return act()
      .then(function (answer) {
        return self.judge(answer);
      })
      .then(
        function (answer) {
          self.failures = 0;
          return answer;
        },
        function (trouble) {
          if (trouble instanceof Refused) throw trouble;
          self.show(self.offset || 0, self.form.dataset.brokenWords);
          self.size = Math.max(LEAST, self.size / 2);
          return wait(WAITS[Math.min(self.failures++, WAITS.length - 1)]).then(function () {
            return self.insist(act);
          });
        }
      );
  };
  Sending.prototype.run = function () {
    var self = this;
    var facts = new FormData(this.form);
    facts.delete("files");
    facts.append("name", this.file.name);
    facts.append("size", this.file.size);
    self.digest = new Digest();
    return self
      .insist(function () {
        return self.ask(self.form.dataset.piecesUrl, { method: "POST", body: facts });
      })
      .then(function (answer) {
        return answer.json();
      })
      .then(function (begun) {
        self.url = begun.url;
        return self.count(begun.offset);
      })
      .then(function () {
        return self.next();
      });
  };
  /* count over what the house has already, so that the whole is known at the end */
  Sending.prototype.count = function (until) {
    var self = this;
    self.offset = self.digest.length;
    if (self.offset >= until) return Promise.resolve();
    return read(self.file, self.offset, Math.min(self.offset + MOST, until)).then(function (bytes) {
      self.digest.add(bytes);
      self.show(self.digest.length);
      return self.count(until);
    });
  };
  Sending.prototype.next = function () {
    var self = this;
    if (self.offset >= self.file.size) return self.finish();
    var began = Date.now();
    return read(self.file, self.offset, Math.min(self.offset + self.size, self.file.size))
      .then(function (bytes) {
        return self
          .insist(function () {
            return self.put(bytes);
          })
          .then(function (answer) {
            var stands = Number(answer.headers.get("Upload-Offset"));
            if (stands > self.digest.length && stands === self.offset + bytes.length) self.digest.add(bytes);
            else if (stands < self.offset) throw new Refused(self.form.dataset.refusedWords);
            self.offset = self.digest.length;
            self.pace(Date.now() - began);
            self.show(self.offset);
            return stands > self.offset ? self.count(stands) : undefined;
          });
      })
      .then(function () {
        return self.next();
      });
  };
  /* send a piece; after a break, ask first whether it had arrived after all */
  Sending.prototype.put = function (bytes) {
    var self = this;
    function send() {
      return self.ask(self.url, {
        method: "PATCH",
        body: bytes,
        headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": self.offset },
      });
    }
    if (!self.failures) return send();
    return self.ask(self.url, { method: "HEAD" }).then(function (answer) {
      return Number(answer.headers.get("Upload-Offset")) === self.offset && answer.ok ? send() : answer;
    });
  };
  /* a piece takes two to six seconds, on any line */
  Sending.prototype.pace = function (ms) {
    if (ms < 2000) this.size = Math.min(MOST, this.size * 2);
    if (ms > 6000) this.size = Math.max(LEAST, this.size / 2);
  };
  Sending.prototype.finish = function () {
    var self = this;
    self.show(self.file.size, self.form.dataset.checkingWords);
    var facts = new FormData();
    facts.append("sha256", self.digest.hex());
    return self.insist(function () {
      return self.ask(self.url, { method: "POST", body: facts });
    });
  };

  /* one line for each file: its name, how far it is, what is said of it */
  function line(list, file) {
    var item = document.createElement("li");
    var name = document.createElement("span");
    var bar = document.createElement("progress");
    var say = document.createElement("span");
    name.textContent = file.name;
    name.className = "fx-fname";
    bar.max = 100;
    bar.value = 0;
    bar.className = "fx-meter";
    bar.setAttribute("aria-label", file.name);
    say.className = "fx-sub";
    say.setAttribute("role", "status");
    item.append(name, bar, say);
    list.append(item);
    return { item: item, bar: bar, say: say };
  }
  function start(form) {
    var field = form.querySelector("input[type=file]");
    var list = document.createElement("ul");
    var hint = form.querySelector("[data-pieces-hint]");
    var busy = false;
    list.className = "fx-plain fx-uploads";
    form.append(list);
    field.setAttribute("data-in-parts", "");
    if (hint) hint.hidden = false;
    window.addEventListener("beforeunload", function (event) {
      if (!busy) return;
      event.preventDefault();
      event.returnValue = "";
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      list.textContent = "";
      var button = form.querySelector("button[type=submit]");
      button.disabled = true;
      sendAll(form, Array.from(field.files), list).then(function (refused) {
        busy = false;
        button.disabled = false;
        if (refused) return;
        form.reset();
        location.hash = form.dataset.doneHash;
        location.reload();
      });
    });
  }
  function sendAll(form, files, list) {
    var refused = 0;
    return files
      .reduce(function (before, file) {
        return before.then(function () {
          return sendOne(form, file, list).catch(function (trouble) {
            refused++;
            if (!(trouble instanceof Refused)) throw trouble;
          });
        });
      }, Promise.resolve())
      .then(
        function () {
          return refused;
        },
        function () {
          return refused;
        }
      );
  }
  function sendOne(form, file, list) {
    var shown = line(list, file);
    function show(bytes, words) {
      var share = file.size ? Math.floor((100 * bytes) / file.size) : 0;
      shown.bar.value = share;
      shown.say.textContent = words ? share + "% · " + words : share + "%";
    }
    show(0);
    return new Sending(form, file, show).run().then(
      function () {
        show(file.size, form.dataset.keptWords);
      },
      function (trouble) {
        shown.say.textContent = trouble instanceof Refused ? trouble.sentence : form.dataset.brokenWords;
        shown.say.className = "fx-error";
        shown.say.setAttribute("role", "alert");
        shown.bar.remove();
        throw trouble;
      }
    );
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("form[data-pieces-url]").forEach(start);
  });
})();
