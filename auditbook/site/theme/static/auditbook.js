// Small things the theme's script does not do. Everything in the book can be read without it.
(function () {
  "use strict";
  var MODES = { auto: "As system", light: "Light", dark: "Dark" };

  function nameMode() {
    var mode = document.documentElement.dataset.mode;
    document.querySelectorAll("[data-mode-text]").forEach(function (text) {
      text.textContent = "Colours: " + (MODES[mode] || MODES.auto);
    });
  }

  function closeDialog(event) {
    var button = event.target.closest("[data-close]");
    var dialog = button && button.closest("dialog");
    if (dialog) dialog.close();
  }

  // A table that is wider than its frame scrolls in it, and must then be reached by keyboard.
  function reachScrolling() {
    document.querySelectorAll(".ab-table, .pst-scrollable-table-container, article pre").forEach(function (frame) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else if (frame.getAttribute("role") !== "region") frame.removeAttribute("tabindex");
    });
  }

  // On paper nothing is folded; afterwards what a reader had folded is folded again.
  function unfoldOnPaper() {
    var folded = [];
    addEventListener("beforeprint", function () {
      folded = Array.from(document.querySelectorAll("details.ab-folded:not([open])"));
      folded.forEach(function (each) { each.open = true; });
    });
    addEventListener("afterprint", function () {
      folded.forEach(function (each) { each.open = false; });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    unfoldOnPaper();
    reachScrolling();
    addEventListener("resize", reachScrolling);
    addEventListener("load", reachScrolling);
    nameMode();
    new MutationObserver(nameMode).observe(document.documentElement, { attributeFilter: ["data-mode"] });
    document.addEventListener("click", closeDialog);
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.addEventListener("click", function () { window.print(); });
    });
    var field = document.querySelector(".bd-search-container input");
    if (field) field.focus();
  });
})();
