// What the pages do beyond Streamlit, from our own address; without it everything still stands there.
// The words of the frame in the page's language, a chart's parts under a finger, what is copied, the phone's menu, and Back.
(function () {
  var words = document.currentScript.dataset;
  var named = { stSkipToContent: "skip", stExpandSidebarButton: "menu", stSidebarCollapseButton: "close" };

  function name() {
    var first = document.getElementById("first"); // the answer in the first HTML: the page stands there itself by now
    if (first && document.querySelector("footer.page, .mz .alert")) first.remove();
    for (var id in named) {
      var all = document.querySelectorAll('[data-testid="' + id + '"]');
      for (var i = 0; i < all.length; i++) call(all[i], words[named[id]]);
    }
    var rest = document.querySelector('[data-testid="stTopNavSection"] p'), more = rest && /^(\d+) more$/.exec(rest.textContent);
    if (more && words.more !== "0 more") rest.textContent = words.more.replace("0", more[1]);
    var pages = document.querySelector('[data-testid="stTopNav"]');
    if (pages && pages.getAttribute("aria-label") !== words.pages) pages.setAttribute("aria-label", words.pages);
  }
  function call(part, said) {
    var button = part.matches("a, button") ? part : part.querySelector("button") || part;
    if (button.matches("a")) {
      if (button.textContent !== said) button.textContent = said;
    } else if (button.getAttribute("aria-label") !== said) button.setAttribute("aria-label", said);
  }
  var waiting = false;
  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; name(); });
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });

  // One Back undoes one choice. What a page writes into its address before anything was chosen on it replaces its entry, and
  // a preview goes to another address in place: an entry of its own would be undone alone, under an address that says else.
  var chosen = false, push = history.pushState;
  ["pointerdown", "keydown", "click", "input"].forEach(function (kind) {
    addEventListener(kind, function () { chosen = true; }, true);
  });
  history.pushState = function (state, title, url) {
    var there = new URL(url, location.href), same = there.pathname === location.pathname;
    if (same && !location.search && !chosen) return history.replaceState(state, title, url);
    if (!same) chosen = false;
    return push.call(history, state, title, url);
  };
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      var frame = change.target;
      if (frame.nodeName === "IFRAME" && frame.contentWindow) frame.contentWindow.location.replace(frame.src);
    });
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["src"] });
  // On paper stands where and when a page was seen: there is no address bar.
  addEventListener("beforeprint", function () {
    var foot = document.querySelector("footer.page");
    if (foot) foot.dataset.seen = location.href + " · " + new Date().toISOString().slice(0, 10);
    // A browser keeps the picture it has: one drawn for a dark screen is turned round on paper (style.css).
    var drawn = document.querySelectorAll(".mz .chart img");
    for (var i = 0; i < drawn.length; i++) drawn[i].toggleAttribute("data-dark", drawn[i].currentSrc.indexOf("theme=dark") > 0);
  });
  // A preview is as tall as it says, also where a phone makes it narrower than was asked.
  addEventListener("message", function (event) {
    var said = event.data;
    if (event.origin !== location.origin || !said || said.mingzhang !== "height" || !(said.height > 0 && said.height < 20000)) return;
    document.querySelectorAll("[data-testid=stMain] iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.style.height = Math.ceil(said.height) + "px";
    });
  });

  // A finger's first touch of a chart's part tells, the second opens; a mouse tells before it clicks.
  var touched = null, finger = false;
  addEventListener("pointerdown", function (event) { finger = event.pointerType !== "mouse"; }, true);
  addEventListener("click", function (event) {
    var spot = event.target.closest ? event.target.closest("a.spot") : null;
    if (spot && finger && touched !== spot) {
      event.preventDefault();
      spot.focus();
      touched = spot;
      return;
    }
    touched = null;
    copy(event.target.closest ? event.target.closest("[data-copy]") : null);
  }, true);
  // The phone's menu lies over the page: it closes when a page is chosen, at Escape, and at a touch beside it. Who opens it by
  // keyboard stands in it until then, and at Escape on its button again.
  var menu = '[data-testid="stExpandSidebarButton"]';
  function opened() {
    return matchMedia("(max-width: 768px)").matches && document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
  }
  function shut() {
    var close = opened() && opened().querySelector('[data-testid="stSidebarCollapseButton"] button');
    if (close) close.click();
    return Boolean(close);
  }
  function stand(there, tries) {
    var part = document.querySelector(there);
    if (part && part.checkVisibility({ visibilityProperty: true })) part.focus();
    else if (tries) setTimeout(stand, 50, there, tries - 1);
  }
  addEventListener("focusin", function (event) {
    var bar = opened();
    if (bar && !bar.contains(event.target) && !event.target.closest(menu)) stand('[data-testid="stSidebarNavLink"]', 0);
  });
  addEventListener("click", function (event) {
    var at = event.target.closest ? event.target : null;
    if (at && at.closest(menu) && !event.detail) stand('[data-testid="stSidebarNavLink"]', 20); // no click of a pointer
    if (!at || at.closest(menu)) return;
    if (at.closest('[data-testid="stSidebarNavLink"]')) setTimeout(shut, 0);
    else if (!at.closest('[data-testid="stSidebar"]')) shut();
  });
  // Escape closes what is open, and leaves who pressed it on what opened it: the menu, a passport, a citation, a chart's words.
  addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    if (shut()) return stand(menu + " button, button" + menu, 20);
    var at = document.activeElement, open = at.closest("details.fig[open], details.cite[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (at.matches(".spot")) at.blur();
  });

  function copy(button) {
    if (!button || !navigator.clipboard) return;
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var before = button.dataset.before || button.textContent;
      button.dataset.before = before;
      button.textContent = words.copied;
      setTimeout(function () { button.textContent = before; }, 2000);
    });
  }
})();
