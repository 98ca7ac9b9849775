// Printing a page of a record is logged like opening it. A beacon, because the browser may be about to close the page.
const form = document.getElementById("noted-print");
window.addEventListener("beforeprint", () => navigator.sendBeacon(form.action, new FormData(form)));
