// Says on an item's page what becomes of an order to write its tag, until that is over. Nothing else of the page changes: somebody may be
// typing there.
"use strict";

const LOOK_MILLIS = 1000;
const order = document.getElementById("order");

async function look() {
  try {
    const answer = await fetch(order.dataset.href);
    if (answer.redirected) {
      // Signed out meanwhile.
      return;
    }
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("order");
    if (answer.ok && now) {
      order.className = now.className;
      if (order.textContent !== now.textContent) {
        order.textContent = now.textContent;
      }
      if (now.dataset.moves !== "yes") {
        return;
      }
    }
  } catch {
    // The gateway is away for a moment; the next look may find another.
  }
  setTimeout(look, LOOK_MILLIS);
}

if (order?.dataset.moves === "yes") {
  setTimeout(look, LOOK_MILLIS);
}
