// Two comforts of the staff pages, which work without them: a preview that follows the typing, and
// a run that shows by itself how far it is.
"use strict";

(() => {
  const WAIT = 700;
  const EVERY = 3000;
  const parser = new DOMParser();

  const replace = (id, html) => {
    const now = document.getElementById(id);
    const next = parser.parseFromString(html, "text/html").getElementById(id);
    if (now && next && !now.contains(document.activeElement)) {
      now.replaceWith(document.adoptNode(next));
    }
    return next;
  };

  const form = document.querySelector("form[data-preview]");
  if (form) {
    let timer = 0;
    let asked = 0;
    const look = async () => {
      const mine = (asked += 1);
      const body = new URLSearchParams(new FormData(form));
      body.set("act", "preview");
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (answer.ok && mine === asked) replace(form.dataset.preview, await answer.text());
      } catch {
        // Without a connection the preview stays as it was; the button says what is wrong.
      }
    };
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, WAIT);
    });
  }

  const watch = async () => {
    const live = document.querySelector("[data-live]");
    if (!live) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(window.location.pathname);
        const next = answer.ok ? replace(live.id, await answer.text()) : null;
        if (next && !next.hasAttribute("data-live")) window.location.replace(window.location.pathname);
      } catch {
        // The next look may find the server again.
      }
    }
    window.setTimeout(watch, EVERY);
  };
  window.setTimeout(watch, EVERY);
})();
