// The page that opens without a connection: a form made of the choices that the browser saw last, and how many wait.
const reference = /^\/inspections\/([\w-]+)/.exec(location.pathname)?.[1];
const known = await outbox.choices();
const form = document.querySelector("#editing");
const choices = known.find((each) => each.reference === reference);

function options(select, pairs) {
  select.replaceChildren(...pairs.map(([value, title]) => new Option(title, value)));
}

function box([value, title], number) {
  const item = document.createElement("div");
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "agencies", value });
  input.id = `agency-${number}`;
  input.className = "govuk-checkboxes__input";
  const label = Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: title });
  label.className = "govuk-label govuk-checkboxes__label";
  item.className = "govuk-checkboxes__item";
  item.append(input, label);
  return item;
}

function paragraph(text, place) {
  const made = Object.assign(document.createElement("p"), { className: "govuk-body", textContent: text });
  place.append(made);
  return made;
}

async function tell() {
  const notes = await outbox.notes();
  const place = document.querySelector("#waiting");
  place.replaceChildren();
  if (notes.length) {
    const last = new Date(notes.at(-1).at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    paragraph(notes.length === 1 ? `1 note is waiting to be sent, kept at ${last}.` : `${notes.length} notes are waiting to be sent, the last kept at ${last}.`, place).dataset.count = notes.length;
  }
}

await tell();
if (choices) {
  document.querySelector("#reference").textContent = reference;
  for (const name of ["source", "criterion", "child"]) options(form.elements[name], choices[name]);
  document.querySelector("#agencies").append(...choices.agencies.map(box));
  const today = new Date();
  form.elements.seen_on.value = new Date(today - today.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const last = JSON.parse(sessionStorage.getItem("joinedup-last") ?? "{}");
  for (const name of ["source", "criterion"]) if (last[name]) form.elements[name].value = last[name];
  form.action = `/inspections/${reference}/evidence/add`;
  form.hidden = false;
  form.elements.words.focus();
  form.addEventListener("submit", (event) => {
    const problem = document.querySelector("#problem");
    const given = new FormData(form);
    const missing = ["words", "source", "criterion", "agencies", "seen_on"].some((name) => !given.get(name)?.trim());
    problem.hidden = !missing;
    problem.textContent = "Write the note, and choose its source, criterion, agencies and day.";
    if (missing) event.preventDefault();
    else sessionStorage.setItem("joinedup-last", JSON.stringify({ source: given.get("source"), criterion: given.get("criterion") }));
  });
} else {
  const place = document.querySelector("#elsewhere");
  paragraph(known.length ? "Add evidence to:" : "No inspection’s form was opened in this browser while there was a connection.", place);
  for (const each of known) {
    const link = Object.assign(document.createElement("a"), { textContent: each.reference, className: "govuk-link" });
    link.href = `/inspections/${each.reference}/evidence/add`;
    paragraph("", place).append(link);
  }
}
addEventListener("online", () => {
  if (!form.elements.words.value) location.reload();
});
