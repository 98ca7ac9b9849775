// Runs before the page is drawn, so that what needs JavaScript does not flash. A file, because the page allows
// no inline script.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
