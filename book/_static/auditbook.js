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

  document.addEventListener("DOMContentLoaded", function () {
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
