// Renews the fleet page piece by piece as the gateway tells of changes, and says politely what has become different.
"use strict";

const page = document.querySelector("main[data-change]");
const live = document.getElementById("live");
const announcer = document.getElementById("announcer");
const eventList = document.getElementById("events");
const MOST_EVENTS = 30;
const ANNOUNCE_AFTER_MILLIS = 250;
const pending = new Map();
let announcing = 0;

function piece(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function announce(id, sentence) {
  pending.set(id, sentence);
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    announcer.textContent = [...pending.values()].join(" ");
    pending.clear();
  }, ANNOUNCE_AFTER_MILLIS);
}

function count() {
  for (const number of document.querySelectorAll("[data-count]")) {
    const terminals = document.querySelectorAll(`.card[data-condition="${number.dataset.count}"]`).length;
    number.textContent = String(terminals);
    number.parentElement.classList.toggle("none", terminals === 0);
  }
}

/** Trouble first, else by name, as the gateway sends the whole page. */
function sort(parent, trouble) {
  const before = [...parent.querySelectorAll(":scope > article, :scope > section")];
  const after = before.toSorted((one, other) => trouble(other) - trouble(one) || (key(one) < key(other) ? -1 : 1));
  if (after.some((element, index) => element !== before[index])) {
    parent.append(...after);
  }
}

function key(element) {
  return element.id || element.getAttribute("aria-labelledby");
}

function troubleOf(card) {
  return Number(card.dataset.trouble);
}

function sortAround(card) {
  const cards = card.parentElement;
  sort(cards, troubleOf);
  sort(cards.closest(".branches"), (branch) => troubleOf(branch.querySelector(".card")));
}

function onCard(message) {
  const card = piece(message.data);
  const before = document.getElementById(card.id);
  if (!before || Number(before.dataset.change) >= Number(card.dataset.change)) {
    return;
  }
  if (before.dataset.summary !== card.dataset.summary) {
    card.classList.add("fresh");
    announce(card.id, card.dataset.summary);
  }
  before.replaceWith(card);
  if (before.dataset.trouble !== card.dataset.trouble) {
    sortAround(card);
  }
  count();
}

function onEvent(message) {
  const event = piece(message.data);
  if (document.getElementById(event.id)) {
    return;
  }
  document.getElementById("no-events").hidden = true;
  eventList.prepend(event);
  while (eventList.children.length > MOST_EVENTS) {
    eventList.lastElementChild.remove();
  }
}

function show(state) {
  if (live.textContent !== live.dataset[state]) {
    live.textContent = live.dataset[state];
  }
  live.classList.toggle("broken", state !== "open");
}

if (page) {
  const stream = new EventSource(`/fleet/stream?after=${page.dataset.change}`);
  stream.addEventListener("open", () => show("open"));
  stream.addEventListener("error", () => show(stream.readyState === EventSource.CLOSED ? "closed" : "broken"));
  stream.addEventListener("card", onCard);
  stream.addEventListener("event", onEvent);
}
