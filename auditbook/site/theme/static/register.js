// The register of recommendations: a filter and other orders. Without this script all of it is there to read.
(function () {
  "use strict";

  var ORDERS = {
    "Most pressing first": null,
    "Newest audit first": { term: "Audit", isDown: true },
    "Due first": { term: "Due" },
    "Longest since the audit first": { term: "Age", isDown: true },
    "By owner": { term: "Owner" },
  };

  /** The words behind a term of one recommendation; empty without it. */
  function words(item, term) {
    var found = Array.prototype.find.call(item.querySelectorAll("dt"), function (each) {
      return each.textContent.trim() === term;
    });
    return found ? found.nextElementSibling.textContent.trim() : "";
  }

  /** What an order compares; what is not stated comes last whichever way it goes. */
  function key(item, order) {
    if (order.term === "Audit") return item.dataset.audit;
    var said = words(item, order.term);
    if (order.term === "Age") return (/(\d+) month/.exec(said) || ["", "0"])[1].padStart(5, "0");
    if (said === "Not stated") return "\uffff";
    return order.term === "Due" ? String(Date.parse(said) || 0).padStart(15, "0") : said;
  }

  /** A field under its label. */
  function labelled(words, field, id) {
    var box = document.createElement("div"), label = document.createElement("label");
    field.id = id;
    label.htmlFor = id;
    label.textContent = words;
    box.append(label, field);
    return box;
  }

  function choice(words, entries, id) {
    var select = document.createElement("select");
    entries.forEach(function (entry) { select.add(new Option(entry)); });
    return { box: labelled(words, select, id), select: select };
  }

  function sorted(values) {
    return Array.from(new Set(values)).filter(Boolean).sort();
  }

  function start(page) {
    var groups = Array.from(page.querySelectorAll(":scope > section"));
    var years = Array.from(page.querySelectorAll("details.ab-past"));
    var items = [];
    groups.forEach(function (group) {
      var own = Array.from(group.querySelectorAll("section")).filter(function (each) {
        return !each.querySelector("section");
      });
      own.forEach(function (item, place) {
        item.classList.add("ab-item");
        item.dataset.place = String(items.length + place);
        item.dataset.standing = group.querySelector("h2").firstChild.textContent.trim();
        var audit = /Q(\d) (\d{4}-\d\d)(.*)$/.exec(item.querySelector("h3, h4").firstChild.textContent.trim());
        item.dataset.audit = audit ? audit[2] + " " + audit[1] + audit[3] : "";
        item.auditbookHome = item.parentElement;
      });
      items = items.concat(own);
    });
    if (items.length < 2) return;

    var form = document.createElement("form");
    form.className = "ab-filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Recommendations");
    var standing = choice("Where it stands", ["All"].concat(groups.map(function (group) {
      return group.querySelector("h2").firstChild.textContent.trim();
    })), "register-standing");
    var owner = choice("Owner", ["All"].concat(sorted(items.map(function (item) { return words(item, "Owner"); }))), "register-owner");
    var order = choice("Order", Object.keys(ORDERS), "register-order");
    var field = document.createElement("input");
    field.type = "search";
    var told = document.createElement("p");
    told.setAttribute("role", "status");
    form.append(labelled("Words", field, "register-words"), standing.box, owner.box, order.box, told);
    page.insertBefore(form, groups[0]);
    var list = document.createElement("div");
    list.hidden = true;
    page.insertBefore(list, groups[0]);

    /** Put every recommendation where the chosen order has it. */
    function arrange() {
      var chosen = ORDERS[order.select.value];
      if (!chosen) {
        items.forEach(function (item) { item.auditbookHome.append(item); });
        years.forEach(function (year) { year.parentElement.parentElement.append(year.parentElement); });
      } else {
        items.slice().sort(function (one, other) {
          var first = key(one, chosen), second = key(other, chosen);
          var way = first < second ? -1 : first > second ? 1 : 0;
          return (chosen.isDown ? -way : way) || Number(one.dataset.place) - Number(other.dataset.place);
        }).forEach(function (item) { list.append(item); });
      }
      list.hidden = !chosen;
    }

    function show() {
      var sought = field.value.trim().toLowerCase(), count = 0;
      items.forEach(function (item) {
        var fits = (standing.select.value === "All" || item.dataset.standing === standing.select.value) &&
          (owner.select.value === "All" || words(item, "Owner") === owner.select.value) &&
          item.textContent.toLowerCase().includes(sought);
        item.hidden = !fits;
        count += fits ? 1 : 0;
      });
      years.forEach(function (year) {
        year.open = count < items.length;
        year.parentElement.hidden = !year.querySelector(".ab-item:not([hidden])");
      });
      groups.forEach(function (group) { group.hidden = !group.querySelector(".ab-item:not([hidden])"); });
      told.textContent = count + " of " + items.length + " shown";
    }

    /** A link to one recommendation always finds it, whatever was filtered. */
    function reveal() {
      var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      var item = target && target.closest(".ab-item");
      if (!item) return;
      item.querySelectorAll("details").forEach(function (each) { each.open = true; });
      if (item.hidden) {
        form.reset();
        arrange();
        show();
      }
      var year = item.closest("details.ab-past");
      if (year) year.open = true;
      target.scrollIntoView();
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", show);
    order.select.addEventListener("change", function () { arrange(); show(); });
    addEventListener("hashchange", reveal);
    show();
    reveal();
  }

  document.addEventListener("DOMContentLoaded", function () {
    var page = document.querySelector(".bd-article > section");
    if (page) start(page);
  });
})();
