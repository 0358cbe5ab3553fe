// Keeps the live count fresh; the page is as right without it, after a reload.

const EVERY = 5000; // milliseconds
const live = document.querySelector("[data-live]");

const refresh = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(live.dataset.live, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const figures = await answer.json();
    for (const place of live.querySelectorAll("[data-figure]")) {
      place.textContent = figures[place.dataset.figure] ?? place.textContent;
    }
  } catch {
    // No connection just now: the last known figures stay.
  }
};

if (live) setInterval(refresh, EVERY);
