// Puts a city's chat where its own tag stands: <script src=".../embed.js" data-city="..." async>.
"use strict";

(() => {
  const titles = { /* titles */ };
  const tag = document.currentScript;
  const city = tag && tag.dataset.city;
  if (!city) return;
  const spoken = (tag.dataset.language || document.documentElement.lang || "en").split("-")[0];
  const language = spoken in titles ? spoken : "en";
  const address = new URL(`/embed/${encodeURIComponent(city)}`, tag.src);
  address.searchParams.set("lang", language);
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = tag.dataset.title || titles[language];
  frame.loading = "lazy";
  frame.allow = "geolocation";
  frame.referrerPolicy = "origin";
  frame.style.cssText = "display:block;width:100%;max-width:46rem;border:1px solid #767676;border-radius:8px";
  frame.style.height = /^\d{3,4}$/.test(tag.dataset.height || "") ? `${tag.dataset.height}px` : "38rem";
  tag.after(frame);
})();
