// Sends a form by Ctrl+Enter (or Cmd+Enter) from anywhere in it, and puts the cursor where typing begins. Everything
// here is a shortcut: the forms work without this file.
for (const form of document.querySelectorAll("form[data-send-on='Control+Enter']")) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button"));
  });
}

const first = document.querySelector("form[data-send-on] textarea");
if (first && !document.querySelector(".govuk-error-summary")) first.focus({ preventScroll: true });
