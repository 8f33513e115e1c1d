// For the page that embeds a chart of Mingzhang: gives every such iframe the height that its content tells.
// <iframe src="…/embed/…"></iframe><script async src="…/embed.js"></script>
(function () {
  if (window.mingzhangEmbeds) return;
  window.mingzhangEmbeds = true;
  addEventListener("message", function (event) {
    var said = event.data;
    if (!said || said.mingzhang !== "height" || !(said.height > 0 && said.height < 20000)) return;
    var frames = document.getElementsByTagName("iframe");
    for (var i = 0; i < frames.length; i++) {
      if (frames[i].contentWindow === event.source) frames[i].style.height = Math.ceil(said.height) + "px";
    }
  });
  var all = document.getElementsByTagName("iframe");
  for (var i = 0; i < all.length; i++) all[i].contentWindow.postMessage({ mingzhang: "tell" }, "*");
})();
