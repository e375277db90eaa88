// The field in which somebody signs: strokes on a canvas, handed in as a picture.
(function () {
  "use strict";
  var form = document.querySelector("[data-sign]");
  var box = form && form.querySelector("[data-pad]");
  if (!box) return;
  var canvas = box.querySelector("canvas");
  var pen = canvas.getContext("2d");
  var drawn = form.elements.drawn;
  var drawing = false;
  var empty = true;

  function place(event) {
    var frame = canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - frame.left) * canvas.width) / frame.width,
      y: ((event.clientY - frame.top) * canvas.height) / frame.height,
    };
  }

  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#111";
    drawn.value = "";
    empty = true;
  }

  canvas.addEventListener("pointerdown", function (event) {
    var at = place(event);
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(at.x, at.y);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!drawing) return;
    var at = place(event);
    pen.lineTo(at.x, at.y);
    pen.stroke();
    empty = false;
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    canvas.addEventListener(name, function () {
      drawing = false;
      if (!empty) drawn.value = canvas.toDataURL("image/png");
    });
  });
  box.querySelector("[data-pad-clear]").addEventListener("click", clear);

  function show() {
    var chosen = form.querySelector("input[name=method]:checked");
    box.hidden = !chosen || chosen.value !== "pad";
    if (box.hidden) drawn.value = "";
  }

  form.addEventListener("change", show);
  clear();
  show();
})();
