/* What makes reading a file quicker: keys, a click that says where on the page, marks. */
(function () {
  "use strict";

  function isTyping(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
  }

  /* J and K go to the next and the previous material, N and P to the next and previous page */
  var KEYS = { j: "next-doc", k: "previous-doc", n: "next-page", p: "previous-page" };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    var name = KEYS[event.key.toLowerCase()];
    var link = name && document.querySelector("[data-go='" + name + "']");
    if (link) link.click();
  });

  /* where the lawyer clicked, in hundredths of the page from left and top */
  function startPlaces(figure) {
    var field = document.querySelector("[data-place-field]");
    figure.querySelector("img").addEventListener("click", function (event) {
      if (!field) return;
      var box = event.target.getBoundingClientRect();
      var left = Math.round(((event.clientX - box.left) / box.width) * 100);
      var top = Math.round(((event.clientY - box.top) / box.height) * 100);
      field.value = left + "," + top;
      mark(figure, "new", field.value, "+");
      var note = document.querySelector("[data-note-field]");
      if (note) note.focus();
    });
  }

  function mark(figure, key, place, words) {
    var parts = place.split(",");
    if (parts.length !== 2 || isNaN(parts[0]) || isNaN(parts[1])) return;
    var old = figure.querySelector("[data-mark='" + key + "']");
    if (old) old.remove();
    var sign = document.createElement("b");
    sign.className = "fx-mark";
    sign.setAttribute("data-mark", key);
    sign.textContent = words;
    sign.style.left = parts[0] + "%";
    sign.style.top = parts[1] + "%";
    figure.appendChild(sign);
  }

  document.addEventListener("DOMContentLoaded", function () {
    var figure = document.querySelector("[data-page]");
    if (!figure) return;
    startPlaces(figure);
    document.querySelectorAll("[data-place]").forEach(function (note, number) {
      mark(figure, "note-" + number, note.dataset.place, String(number + 1));
    });
  });
})();
