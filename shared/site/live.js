// The one script: it keeps the parts of a page that are marked data-live as things are now, by asking for the page again while
// somebody looks at it. Without it, the page says how things stood when it was asked for.
"use strict";

const pause = 5000; // milliseconds

async function look() {
  const parts = document.querySelectorAll("[data-live]");
  if (parts.length === 0) {
    clearInterval(timer);
    return;
  }
  if (document.hidden) {
    return;
  }
  const answer = await fetch(location.href, { redirect: "error" }).catch(() => null); // a line that broke may be back the next time
  if (!answer?.ok) {
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const now = page.getElementById(part.id);
    const isUsed = part.contains(document.activeElement);
    if (now !== null && now.innerHTML !== part.innerHTML && !isUsed) {
      part.replaceWith(now);
    }
  }
}

const timer = setInterval(look, pause);
