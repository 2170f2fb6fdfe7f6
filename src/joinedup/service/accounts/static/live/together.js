// While a form is open: what is typed is kept as a draft, who else is on the page is shown, and notes that wait for the
// connection are sent. All works without this file; then nothing is kept before it is saved.
const desk = document.querySelector("[data-desk]");
const form = desk && [...desk.querySelectorAll("form[method=post]:not([data-no-draft])")].find((each) => each.querySelector("textarea"));
const place = location.pathname;
const EVERY = 20_000;
const PAUSE = 1_200;
const AGAIN = 5_000;
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "sent", "confirmed", "anyway"]);

function line(role = "status") {
  const made = document.createElement("p");
  made.className = "govuk-body ju-here";
  made.setAttribute("role", role);
  desk.querySelector("h1")?.after(made);
  return made;
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
  made.className = "govuk-button govuk-button--secondary";
  made.addEventListener("click", act);
  return made;
}

function ask(path, fields, more = {}) {
  const body = new URLSearchParams({ place, ...fields });
  const token = form.elements.csrfmiddlewaretoken.value;
  return fetch(`${desk.dataset.desk}/${path}`, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual", ...more });
}

if (form) {
  const others = line();
  const kept = line();
  const typed = () => JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER_KEPT.has(name)));
  let before = typed();
  let timer = 0;
  let going = Promise.resolve();

  async function here() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await ask("here", {});
      const names = answer.ok ? (await answer.json()).others : [];
      others.textContent = names.length ? `${new Intl.ListFormat("en-GB").format(names)} ${names.length === 1 ? "is" : "are"} here too.` : "";
    } catch {
      others.textContent = "";
    }
  }

  async function keep() {
    clearTimeout(timer);
    const now = typed();
    if (now === before) return;
    try {
      const answer = await ask("draft/keep", { fields: now }, { keepalive: now.length < 60_000 });
      if (answer.ok) before = now;
      kept.textContent = answer.ok ? "What you typed is kept as a draft." : "What you typed is not kept as a draft: sign in again in another tab.";
    } catch {
      kept.textContent = "There is no connection: what you typed is on this page alone until you save it.";
    }
  }

  function put(fields) {
    for (const each of form.elements) {
      if (!each.name || NEVER_KEPT.has(each.name) || each.type === "file") continue;
      const values = fields.filter(([name]) => name === each.name).map(([, value]) => value);
      if (each.type === "checkbox" || each.type === "radio") each.checked = values.includes(each.value);
      else if (values.length) each.value = values[0];
    }
  }

  async function restore() {
    const answer = await fetch(`${desk.dataset.desk}/draft?${new URLSearchParams({ place })}`, { redirect: "manual" });
    const draft = answer.ok ? await answer.json() : {};
    if (!draft.fields || typed() !== before) return;
    put(draft.fields);
    before = typed();
    const when = new Date(draft.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
    kept.textContent = `What you typed on ${when} and did not save is back. `;
    kept.append(button("Throw it away", async () => {
      await ask("draft/keep", {});
      location.reload();
    }));
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { going = keep(); }, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") going = keep();
    else here();
  });
  // A draft that is on its way must not arrive after the save that ends it; and a form that is on its way is not sent
  // again by a second press, until it is known that it went nowhere.
  let pressed = false;
  let goes = false;
  const anew = () => { pressed = goes = false; };
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (goes) {
      goes = false;
      setTimeout(anew, AGAIN);
      return;
    }
    event.preventDefault();
    if (pressed) return;
    pressed = true;
    const { submitter } = event;
    before = typed();
    const late = new Promise((done) => { setTimeout(done, 2_000); });
    // Not before this event is over: while it lasts, a browser takes no other submission of the form.
    Promise.race([going, late]).then(() => setTimeout(() => {
      goes = true;
      form.requestSubmit(submitter);
    }));
  });
  addEventListener("pageshow", anew);
  if (!document.querySelector(".govuk-error-summary")) restore().catch(() => {});
  here();
  setInterval(here, EVERY);
}

// Notes that wait for the connection.
function listed(select) {
  return select ? [...select.options].map((each) => [each.value, each.textContent]) : [];
}

async function rememberChoices() {
  const reference = /^\/inspections\/([\w-]+)\/evidence\/add$/.exec(place)?.[1];
  if (!reference || !form) return;
  const agencies = [...form.querySelectorAll("input[name=agencies]")].map((each) => [each.value, each.labels[0].textContent.trim()]);
  await outbox.keepChoices({
    reference, agencies, source: listed(form.elements.source), criterion: listed(form.elements.criterion), child: listed(form.elements.child),
  });
}

async function showWaiting(place) {
  const notes = await outbox.notes();
  const refused = notes.filter((note) => note.refused);
  const count = notes.length - refused.length;
  place.replaceChildren(count ? `${count} ${count === 1 ? "note is" : "notes are"} waiting to be sent. ` : "");
  place.dataset.count = count;
  for (const note of refused) {
    const item = document.createElement("span");
    item.append(`A note for ${note.reference} could not be saved: ${note.refused} `);
    if (form && place.ownerDocument.location.pathname.endsWith(`/${note.reference}/evidence/add`)) {
      item.append(button("Put it right", async () => {
        const fields = await outbox.read(note);
        if (!fields) return;
        for (const each of form.elements) {
          const values = fields.filter(([name]) => name === each.name).map(([, value]) => value);
          if (each.type === "checkbox" || each.type === "radio") each.checked = values.includes(each.value);
          else if (values.length) each.value = values[0];
        }
        form.elements.words.focus();
      }));
    }
    item.append(button("Throw it away", async () => {
      await outbox.forget(note.number);
      await showWaiting(place);
    }));
    place.append(item);
  }
}

if (desk && "serviceWorker" in navigator && "locks" in navigator && globalThis.outbox) {
  const place = line();
  place.id = "waiting";
  const flush = async () => {
    await showWaiting(place);
    if (!place.dataset.count || (place.dataset.count === "0" && !place.childElementCount)) return;
    await outbox.send().catch(() => {});
    await showWaiting(place);
  };
  try {
    if (await outbox.prepare()) {
      await rememberChoices();
      await navigator.serviceWorker.register("/worker.js", { scope: "/inspections" });
    }
  } catch {
    // Without a connection, or where the browser keeps nothing: the page works as it does without this.
  }
  addEventListener("online", flush);
  setInterval(flush, EVERY);
  await flush();
}
