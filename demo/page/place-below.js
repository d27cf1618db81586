/**
 * Fixed to the window, because the modal's body scrolls and would cut it off; above its field where there is no room below.
 *
 * @param {HTMLElement | null} list
 * @param {HTMLElement | null} field
 */
export function placeBelow(list, field) {
  if (!list || !field) return;
  const { left, top, bottom, width } = field.getBoundingClientRect();
  const height = list.offsetHeight;
  const fitsBelow = bottom + height + 8 < window.innerHeight;
  list.style.left = `${left}px`;
  list.style.width = `${width}px`;
  list.style.top = `${fitsBelow ? bottom + 4 : Math.max(8, top - height - 4)}px`;
}
