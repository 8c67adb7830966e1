// The live side of the chat. Without it every button is a form that the server answers with a page.
"use strict";

(() => {
  const log = document.getElementById("log");
  const composer = document.getElementById("composer");
  const field = document.getElementById("text");
  const announcer = document.getElementById("announcer");
  const waiting = document.getElementById("waiting");
  const trouble = document.getElementById("trouble");
  const newest = document.getElementById("newest");
  const place = document.getElementById("place");
  const NEAR_END = 160;
  let isSending = false;
  let stream = null;

  document.documentElement.classList.add("has-script");

  // What is on the page

  const lines = () => Array.from(log.children);
  const versions = () => lines().map((line) => line.dataset.version).join(",");
  const lineOf = (id) => lines().find((line) => line.dataset.line === id);
  const isAtEnd = () =>
    log.getBoundingClientRect().bottom <= window.innerHeight + NEAR_END;

  const made = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
  };

  const spoken = (line) => {
    const words = Array.from(line.querySelectorAll(".say__words, .card__title"));
    return words
      .map((one) => one.innerText.trim().replace(/\s+/g, " "))
      .map((text) => (/[.!?:۔]$/.test(text) ? text : `${text}.`))
      .join(" ");
  };

  const say = (text) => {
    announcer.textContent = "";
    window.setTimeout(() => {
      announcer.textContent = text;
    }, 50);
  };

  const tell = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };

  // Taking in what the server says

  const apply = (news, { moveFocus = false } = {}) => {
    if (news.language && news.language !== document.documentElement.lang) {
      window.history.scrollRestoration = "manual";
      window.location.replace(`${window.location.pathname}#latest`);
      window.location.reload();
      return;
    }
    const wasAtEnd = isAtEnd();
    const held = document.activeElement;
    const fresh = [];
    const wanted = new Set(news.order);
    lines()
      .filter((line) => !wanted.has(line.dataset.line))
      .forEach((line) => line.remove());
    for (const { id, version, html } of news.lines) {
      const old = lineOf(id);
      if (old && old.dataset.version === version) continue;
      const line = made(html);
      if (old) old.replaceWith(line);
      else {
        insert(line, news.order);
        fresh.push(line);
      }
    }
    mark(news.latest);
    keepForms(news);
    waiting.hidden = !news.is_waiting;
    wantPlace(news.wants_location);
    tell("");
    follow(fresh, { wasAtEnd, moveFocus, held });
  };

  const insert = (line, order) => {
    const after = order.slice(order.indexOf(line.dataset.line) + 1);
    const next = after.map(lineOf).find(Boolean);
    log.insertBefore(line, next || null);
  };

  const mark = (id) => {
    const old = document.getElementById("latest");
    if (old) old.removeAttribute("id");
    const line = id && lineOf(id);
    if (line) line.id = "latest";
  };

  const keepForms = ({ form, act }) => {
    if (!form) return;
    document.querySelectorAll('input[name="form"]').forEach((input) => {
      input.value = form;
    });
    composer.elements.act.value = act;
  };

  const follow = (fresh, { wasAtEnd, moveFocus, held }) => {
    const heard = fresh.filter((line) => line.querySelector(".say"));
    const lost = held && !held.isConnected;
    const first = document.getElementById("latest");
    if (first && (moveFocus || lost)) {
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start" });
      say(heard.slice(1).map(spoken).join(" "));
    } else if (heard.length) {
      say(heard.map(spoken).join(" "));
      if (wasAtEnd && first) first.scrollIntoView({ block: "start" });
      else newest.hidden = false;
    }
  };

  // Sending

  const post = async (form, button, extra = {}) => {
    const data = new URLSearchParams(new FormData(form));
    if (button && button.name) data.set(button.name, button.value);
    for (const [name, value] of Object.entries(extra)) data.set(name, value);
    const response = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-Lines": versions() },
      credentials: "same-origin",
    });
    const news = await response.json();
    return { isTaken: response.ok, news };
  };

  const send = async (form, button, extra) => {
    if (isSending) return;
    isSending = true;
    waiting.hidden = false;
    if (button) button.setAttribute("aria-disabled", "true");
    try {
      const { isTaken, news } = await post(form, button, extra);
      if (news.lines) apply(news, { moveFocus: isTaken && form !== composer });
      if (isTaken && form === composer && !extra) field.value = "";
      if (!isTaken) tell(news.notice || news.text || trouble.dataset.notSent);
      if (isTaken && "once" in form.dataset) {
        form.remove();
        window.history.replaceState(null, "", window.location.pathname);
      }
      if (isTaken) listen();
    } catch {
      tell(navigator.onLine ? trouble.dataset.notSent : trouble.dataset.offline);
      waiting.hidden = true;
    } finally {
      isSending = false;
      if (button) button.removeAttribute("aria-disabled");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("chat" in form.dataset)) return;
    event.preventDefault();
    if (form === composer && !field.value.trim()) {
      field.focus();
      return;
    }
    send(form, event.submitter);
  });

  // Listening

  const listen = () => {
    if (stream || !("EventSource" in window)) return;
    stream = new EventSource(`${composer.getAttribute("action")}/events?lines=${encodeURIComponent(versions())}`);
    stream.addEventListener("lines", (event) => apply(JSON.parse(event.data)));
    stream.addEventListener("open", () => tell(""));
    stream.addEventListener("error", () => {
      const isClosed = stream.readyState === EventSource.CLOSED;
      if (isClosed || stream.readyState === EventSource.CONNECTING) again();
    });
  };

  const again = () => {
    stream.close();
    stream = null;
    window.setTimeout(listen, 4000);
  };

  window.addEventListener("pagehide", () => stream && stream.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  // Where the person is

  const wantPlace = (isWanted) => {
    place.hidden = !(isWanted && "geolocation" in navigator);
  };

  const share = () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        send(composer, null, {
          lat: coords.latitude.toFixed(2),
          lon: coords.longitude.toFixed(2),
          text: "",
        }),
      () => tell(trouble.dataset.location),
      { enableHighAccuracy: false, timeout: 10000, maximumAge: 600000 },
    );
  };

  place.querySelector("button").addEventListener("click", share);
  wantPlace(!("off" in place.dataset));

  // Reading on

  newest.addEventListener("click", () => {
    const first = document.getElementById("latest");
    if (first) {
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start" });
    }
    newest.hidden = true;
  });
  window.addEventListener("scroll", () => {
    if (isAtEnd()) newest.hidden = true;
  }, { passive: true });

  window.history.scrollRestoration = "auto";
  const hasHistory = Boolean(composer.elements.form.value) && lines().length > 2;
  const latest = document.getElementById("latest");
  if (hasHistory && latest && window.location.hash !== "#latest") {
    latest.scrollIntoView({ block: "start", behavior: "instant" });
  }
  const problem = document.querySelector(".problem[role=alert]:not([hidden])");
  if (problem) problem.focus();
  if (composer.elements.form.value) listen();
})();
