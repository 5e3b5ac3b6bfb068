// What the search puts first: the page of that name, then a place of that name, then pages that hold the words.
var Scorer = {
  title: 15, partialTitle: 7, term: 5, partialTerm: 2,
  objNameMatch: 11, objPartialMatch: 6, objPrio: {}, objPrioDefault: 0,
  score: function (found) {
    var sought = (new URLSearchParams(location.search).get("q") || "").trim().toLowerCase();
    var title = found[1].toLowerCase(), place = found[2], score = found[4];
    if (!place && title.replace(/(, q\d .*| \(demonstration\))$/, "") === sought) return 500 - title.length;
    if (!place && sought && title.startsWith(sought)) score += 20;
    score = place ? 5 * score : score;
    return title.includes("(demonstration)") ? score - 1 : score;
  },
};
