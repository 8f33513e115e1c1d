// Inside an embed: tells the parent how tall it is, shows a mark's label under pointer or finger,
// and on first touch of the chart brings Vega from our own address where the page names one.
(function () {
  var last = 0;
  function tell(again) {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (again === true || height !== last) parent.postMessage({ mingzhang: "height", id: location.pathname + location.search, height: height }, "*");
    last = height;
  }
  addEventListener("load", tell);
  addEventListener("resize", tell);
  addEventListener("message", function (event) { if (event.data && event.data.mingzhang === "tell") tell(true); });
  if (window.ResizeObserver) new ResizeObserver(tell).observe(document.body);
  tell();

  var tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  document.body.appendChild(tip);
  function show(text, x, y) {
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    var wide = document.documentElement.clientWidth;
    tip.style.left = Math.max(4, Math.min(x + 12, wide - tip.offsetWidth - 4)) + "px";
    tip.style.top = Math.max(4, y - tip.offsetHeight - 10) + "px";
  }
  function labelled(event) {
    var mark = event.target.closest && event.target.closest("[data-tip]");
    show(mark ? mark.getAttribute("data-tip") : "", event.clientX, event.clientY);
  }
  document.querySelectorAll(".drawing svg path > title").forEach(function (title) {
    title.parentNode.setAttribute("data-tip", title.textContent);
    title.remove();
  });
  document.addEventListener("pointermove", labelled);
  document.addEventListener("pointerdown", labelled);
  document.addEventListener("pointerleave", function () { show(""); });

  var main = document.querySelector("main[data-vega]");
  if (!main || !window.fetch || location.protocol === "file:") return;
  function shown() {
    return Array.prototype.find.call(document.querySelectorAll(".drawing"), function (box) { return box.offsetParent !== null; });
  }
  var started = false;
  function start() {
    if (started) return;
    started = true;
    var box = shown(), spec = box && box.getAttribute("data-spec");
    if (!spec) return;
    var script = document.createElement("script");
    script.src = main.getAttribute("data-vega");
    script.onload = function () {
      fetch(spec, { credentials: "omit" }).then(function (r) { return r.ok ? r.json() : Promise.reject(r.status); }).then(function (json) {
        return draw(box, json);
      }).catch(function () { main.removeAttribute("data-live"); });
    };
    document.head.appendChild(script);
  }
  function draw(box, json) {
    var place = document.createElement("div");
    var svg = box.querySelector("svg");
    var handler = function (_, event, item, value) { show(value == null ? "" : String(value), event.clientX, event.clientY); };
    var view = new vega.View(vega.parse(json, null, { ast: true }), { expr: vega.expressionInterpreter, renderer: "svg", hover: true, tooltip: handler });
    view.logLevel(vega.Error);
    return view.initialize(place).runAsync().then(function () {
      var drawn = place.querySelector("svg");
      ["role", "aria-label", "style"].forEach(function (name) { drawn.setAttribute(name, svg.getAttribute(name)); });
      drawn.setAttribute("viewBox", svg.getAttribute("viewBox"));
      drawn.removeAttribute("width");
      drawn.removeAttribute("height");
      drawn.querySelectorAll("[aria-roledescription]").forEach(function (mark) {
        ["role", "aria-roledescription", "aria-label"].forEach(function (name) { mark.removeAttribute(name); });
      });
      svg.replaceWith(place);
      main.setAttribute("data-live", "1");
      document.removeEventListener("pointermove", labelled);
      document.removeEventListener("pointerdown", labelled);
    });
  }
  document.querySelectorAll(".drawing").forEach(function (box) {
    ["pointerenter", "touchstart", "focusin"].forEach(function (name) { box.addEventListener(name, start, { once: true, passive: true }); });
  });
})();
