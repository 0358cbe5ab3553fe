// On a narrow screen the navigation scrolls sideways: bring the current page's link into view.

export function showCurrentLinks(root) {
  for (const link of root.querySelectorAll("header [aria-current='page'], .subnav [aria-current='page'], .tab-links [aria-current='page']")) {
    const strip = link.closest("ul").parentElement;
    if (strip.scrollWidth <= strip.clientWidth) continue;
    const here = link.getBoundingClientRect();
    const frame = strip.getBoundingClientRect();
    strip.scrollLeft += here.left + here.width / 2 - (frame.left + frame.width / 2);
  }
}
