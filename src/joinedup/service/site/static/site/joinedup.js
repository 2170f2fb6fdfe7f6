// The few components of GOV.UK Frontend that have behaviour, and moving through the years without loading the whole
// page anew. Every page works without this file.
import { Button, createAll, ErrorSummary, ServiceNavigation, SkipLink } from "../govuk/govuk-frontend.min.js";

createAll(Button);
createAll(ErrorSummary);
createAll(ServiceNavigation);
createAll(SkipLink);

// What is folded to leave room on a narrow screen stands open on a wide one.
if (window.matchMedia("(min-width: 62em)").matches) {
  for (const each of document.querySelectorAll(".ju-wide-open")) each.open = true;
}

const PART = "england";

// Shows the address's England in place of this one; whatever goes wrong, the browser simply goes there.
async function show(address, { remember }) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return window.location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const coming = page.getElementById(PART);
  const here = document.getElementById(PART);
  if (!coming || !here) return window.location.assign(address);
  const word = here.contains(document.activeElement) ? document.activeElement.textContent : null;
  const open = here.querySelector(".ju-controls__more")?.open;
  here.replaceWith(document.adoptNode(coming));
  document.title = page.title;
  // Where the service led on to the page's own address, without what was left empty, that one is remembered.
  if (remember) window.history.pushState({}, "", answer.redirected ? answer.url : address);
  if (open) coming.querySelector(".ju-controls__more").open = true;
  const links = [...coming.querySelectorAll(".ju-years a, .ju-controls button")];
  links.find((link) => link.textContent === word)?.focus({ preventScroll: true });
  document.getElementById("ju-news").textContent = page.title;
}

if (document.getElementById(PART)) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".ju-years a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href, { remember: true });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".ju-controls");
    if (!form) return;
    event.preventDefault();
    const asked = new URLSearchParams([...new FormData(form)]);
    show(`${new URL(form.action).pathname}?${asked}`, { remember: true });
  });
  window.addEventListener("popstate", () => show(window.location.href, { remember: false }));
}
