/* What makes pages quicker for those who have scripts. Every page works without it. */
(function () {
  "use strict";

  /* "/" goes to the search box */
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    var search = document.querySelector("[data-search]");
    if (!search || !search.offsetParent) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  /* the arrow keys lead to the page before and the page after, where there are such */
  document.addEventListener("keydown", function (event) {
    var rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var typing = /^(INPUT|TEXTAREA|SELECT|AUDIO|VIDEO)$/.test(event.target.tagName);
    if (!rel || typing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    var link = document.querySelector("main [data-by-keys] a[rel=" + rel + "]");
    if (link) link.click();
  });

  /* menus close on Escape and on a click elsewhere */
  function closeMenus(except) {
    document.querySelectorAll("details.fx-menu[open]").forEach(function (menu) {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.fx-menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  /* a file too large is refused before it is sent: the sentence stands beside the field */
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.type !== "file" || field.hasAttribute("data-in-parts")) return;
    var most = Number(document.body.dataset.mostFile);
    var tooBig = Array.prototype.some.call(field.files, function (file) { return file.size > most; });
    var said = field.parentNode.querySelector("[data-too-big]");
    if (!said && tooBig) {
      said = document.createElement("p");
      said.className = "fx-error";
      said.setAttribute("data-too-big", "");
      said.setAttribute("role", "alert");
      field.parentNode.insertBefore(said, field.nextSibling);
    }
    if (said) said.textContent = tooBig ? document.body.dataset.mostFileSay : "";
    field.setCustomValidity(tooBig ? document.body.dataset.mostFileSay : "");
  });

  /* a form is sent once: its buttons wait, and say so */
  function holdButtons(form, pressed) {
    form.querySelectorAll("button[type=submit]").forEach(function (button) {
      if (button === pressed && button.dataset.busy) {
        button.dataset.words = button.innerHTML;
        button.textContent = button.dataset.busy;
      }
      button.disabled = true;
      button.dataset.held = "1";
    });
  }
  function releaseButtons() {
    document.querySelectorAll("button[data-held]").forEach(function (button) {
      button.disabled = false;
      delete button.dataset.held;
      if (button.dataset.words) {
        button.innerHTML = button.dataset.words;
        delete button.dataset.words;
      }
    });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.target) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    var pressed = event.submitter || document.activeElement;
    /* after the browser has read the form: a disabled button would not be sent along */
    setTimeout(function () {
      if (!event.defaultPrevented) holdButtons(form, pressed);
      else delete form.dataset.sent;
    }, 0);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
    releaseButtons();
  });
  document.addEventListener("htmx:afterRequest", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
    releaseButtons();
  });

  /* how many signs are written, of how many */
  function countSigns(area) {
    var say = area.nextElementSibling;
    if (!say || !say.hasAttribute("data-counter")) {
      say = document.createElement("p");
      say.className = "fx-hint";
      say.setAttribute("data-counter", "");
      area.insertAdjacentElement("afterend", say);
    }
    say.textContent = Array.from(area.value).length + " / " + area.dataset.count;
  }
  function startCounters(root) {
    root.querySelectorAll("textarea[data-count]").forEach(function (area) {
      countSigns(area);
      area.addEventListener("input", function () {
        countSigns(area);
      });
    });
  }

  /* what is written is kept: sent every few seconds after a change */
  var EVERY = 5000;
  function startAutosave(form) {
    var say = document.querySelector("[data-saved]");
    var changed = false;
    var saving = false;
    function tell(text, bad) {
      if (!say || !text) return;
      say.hidden = false;
      say.classList.toggle("is-bad", bad);
      say.textContent = text;
    }
    function now() {
      var date = new Date();
      return ("0" + date.getHours()).slice(-2) + ":" + ("0" + date.getMinutes()).slice(-2);
    }
    function save() {
      if (!changed || saving || form.dataset.sent) return;
      changed = false;
      saving = true;
      var body = new FormData(form);
      /* files are sent with the form itself, never with a draft */
      form.querySelectorAll("input[type=file][name]").forEach(function (input) {
        body.delete(input.name);
      });
      fetch(form.dataset.autosaveUrl, {
        method: "POST",
        body: body,
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-Requested-With": "XMLHttpRequest" },
      })
        .then(function (answer) {
          if (answer.ok) return tell((form.dataset.savedWords || "") + " " + now(), false);
          changed = true;
          if (answer.status === 409) {
            return answer.json().then(function (said) {
              tell(said.error, true);
            });
          }
          var expired = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
          tell(expired ? form.dataset.expiredWords : form.dataset.failedWords, true);
        })
        .catch(function () {
          changed = true;
          tell(form.dataset.failedWords, true);
        })
        .then(function () {
          saving = false;
        });
    }
    form.addEventListener("input", function () {
      changed = true;
    });
    setInterval(save, EVERY);
  }

  /* a secret can be shown while it is typed */
  function startSecrets() {
    document.querySelectorAll("[data-show-secret]").forEach(function (button) {
      var input = document.getElementById(button.getAttribute("aria-controls"));
      button.hidden = false;
      button.addEventListener("click", function () {
        var shown = input.type === "text";
        input.type = shown ? "password" : "text";
        button.setAttribute("aria-pressed", String(!shown));
        button.querySelector("use").setAttribute("href", shown ? "#i-eye" : "#i-eye-off");
      });
    });
  }

  /* what goes onto paper is written down */
  window.addEventListener("beforeprint", function () {
    var url = document.body.dataset.printedUrl;
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (!url || !token) return;
    var body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    body.append("page", location.pathname);
    navigator.sendBeacon(url, body);
  });

  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:load", function (event) {
    startCounters(event.target);
  });
  function start() {
    startCounters(document);
    startSecrets();
    document.querySelectorAll("form[data-autosave-url]").forEach(startAutosave);
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        window.print();
      });
    });
    var summary = document.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }
})();
