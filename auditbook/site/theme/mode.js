(function (page) {
  var mode = "auto";
  try { mode = localStorage.getItem("mode") || mode; } catch (error) { /* a browser that keeps nothing */ }
  var dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  page.dataset.mode = mode;
  page.dataset.theme = dark ? "dark" : "light";
})(document.documentElement);
