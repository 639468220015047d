// Sends a file as the body of a request, and renews what an import's page shows while it goes on by itself.
"use strict";

const LOOK_MILLIS = 1000;
const upload = document.getElementById("upload");

function choose() {
  document.getElementById("holdings-field").hidden = upload.elements.kind.value !== "MARC";
}

async function send(event) {
  event.preventDefault();
  const file = document.getElementById("file").files[0];
  const refused = document.getElementById("refused");
  const sending = document.getElementById("sending");
  const button = upload.querySelector("button");
  const order = new URLSearchParams({
    kind: upload.elements.kind.value,
    holdings: upload.elements.holdings.value,
    overwrite: upload.elements.overwrite.value,
    name: file.name,
  });
  if (file.size > Number(upload.dataset.most)) {
    refused.textContent = upload.dataset.large;
    refused.hidden = false;
    return;
  }
  refused.hidden = true;
  button.disabled = true;
  sending.textContent = sending.dataset.text;
  try {
    const answer = await fetch(`${upload.getAttribute("action")}?${order}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-CSRF-TOKEN": upload.elements._csrf.value },
      body: file,
    });
    const text = await answer.text();
    if (answer.status === 201) {
      location.assign(text);
      return;
    }
    refused.textContent = answer.status === 413 ? text : upload.dataset.failed;
  } catch {
    refused.textContent = upload.dataset.failed;
  }
  refused.hidden = false;
  button.disabled = false;
  sending.textContent = "";
}

async function look() {
  try {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("state");
    if (answer.ok && now) {
      if (now.dataset.moves === "yes") {
        document.getElementById("state").replaceWith(document.adoptNode(now));
      } else {
        location.reload();
        return;
      }
    }
  } catch {
    // The gateway is away for a moment; the next look may find another.
  }
  setTimeout(look, LOOK_MILLIS);
}

if (upload) {
  upload.elements.kind.addEventListener("change", choose);
  upload.addEventListener("submit", send);
  choose();
}
if (document.getElementById("state")?.dataset.moves === "yes") {
  setTimeout(look, LOOK_MILLIS);
}
