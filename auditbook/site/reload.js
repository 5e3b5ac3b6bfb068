// Asks the preview's server what became of the last change: a new book loads this page again, a refusal is shown on it.
(() => {
  const script = document.currentScript;
  let said = script.dataset.said;

  function show(problem) {
    document.getElementById("ab-refused")?.remove();
    if (!problem) return;
    const box = document.createElement("div");
    box.id = "ab-refused";
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:9999;max-height:50vh;overflow:auto;padding:1rem;" +
      "background:#fff;color:#7a0019;border-top:4px solid #7a0019;white-space:pre-wrap;font:16px/1.4 monospace";
    box.textContent = `${problem}\nThis page is as it was before.`;
    document.body.append(box);
  }

  async function ask() {
    try {
      const answer = await fetch(`/-/said?after=${said}`, { cache: "no-store" });
      const told = await answer.json();
      if (told.book !== script.dataset.book) return location.reload();
      said = told.said;
      show(told.problem);
      setTimeout(ask, 0);
    } catch {
      setTimeout(ask, 1000); // the preview was stopped; it may begin again
    }
  }
  ask();
})();
