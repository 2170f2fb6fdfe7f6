// Says, before anything is drawn, that scripts run: the styles of GOV.UK Frontend ask for these two classes.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
