// Keeps a job's page up to date. It asks less and less often, and stops after ten minutes, so that a screen nobody is
// at is still signed out; "Look again" stays. What a screen reader is told comes at most every fifteen seconds.
const place = document.querySelector("[data-work]");

if (place) {
  const words = place.querySelector("[data-words]");
  const bar = place.querySelector("[data-bar]");
  const said = place.querySelector("[data-said]");
  const began = Date.now();
  let wait = 1500;
  let saidAt = 0;

  const show = ({ words: now, done, total }) => {
    if (words.textContent !== now && Date.now() - saidAt > 15000) {
      said.textContent = now;
      saidAt = Date.now();
    }
    words.textContent = now;
    bar.hidden = total === null;
    if (total !== null) {
      bar.max = total;
      bar.value = done;
    }
  };

  const look = async () => {
    try {
      const answer = await fetch(place.dataset.work, { headers: { Accept: "application/json" }, redirect: "error" });
      if (answer.ok) {
        const found = await answer.json();
        if (found.mark !== place.dataset.mark) {
          window.location.reload();
          return;
        }
        show(found);
      }
    } catch {
      words.textContent = "The site cannot be reached. The work goes on; this page looks again.";
    }
    wait = Math.min(wait * 1.1, 20000);
    if (Date.now() - began < 600000) setTimeout(look, wait);
  };

  setTimeout(look, wait);
}
