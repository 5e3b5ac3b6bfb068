// A word such as “grades” stands on thousands of pages of a joined book, and each result asks the server for its page:
// the best are shown, and how many there were is said.
(function () {
  var MOST_SHOWN = 50;
  Search.query = function (words) {
    var sought = Search._parseQuery(words);
    var found = Search._performSearch.apply(Search, sought);  // the best stand last
    var count = found.length > MOST_SHOWN ? "the best " + MOST_SHOWN + " of " + found.length : found.length;
    _displayNextItem(found.slice(-MOST_SHOWN), count, sought[1], sought[3]);
  };
})();
