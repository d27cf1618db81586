import { html } from 'htm/preact';

/** Drawn for this page, on a 20 × 20 grid. @type {Record<string, string>} */
const PATHS = {
  cut: 'M11.500 2.500 4.500 11.500h5l-1 6 7-9h-5z',
  close: 'M5 5l10 10M15 5L5 15',
  hash: 'M8 3.500 6.500 16.500M13.500 3.500 12 16.500M4 7.500h12.500M3.500 12.500H16',
  lock: 'M5.500 9h9v7h-9zM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9',
  eye: 'M2.500 10S5.200 5 10 5s7.500 5 7.500 5-2.700 5-7.500 5-7.500-5-7.500-5ZM10 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400Z',
  send: 'M3.500 16.500 17 10 3.500 3.500l1.800 5.300L11 10l-5.700 1.200z',
  chevron: 'm5.500 8 4.500 4.500L14.500 8',
  right: 'm8 5.500 4.500 4.500L8 14.500',
  check: 'm4.500 10.500 3.500 3.500 7.500-8',
  people:
    'M7.500 9.500a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400ZM2.500 16c0-2.800 2-4.600 5-4.600s5 1.800 5 4.600M13 4.500a2.500 2.500 0 0 1 0 4.800M14.500 11.700c1.900.6 3 2.100 3 4.300',
  info: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM10 9.300v4.200M10 6.300v.4',
  alert: 'M10 3.200 2.500 16.300h15zM10 8.200v3.800M10 14v.3',
  cross: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM7.500 7.500l5 5M12.500 7.500l-5 5',
  tick: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM6.800 10.300l2.300 2.300 4.200-4.800',
};

/**
 * A decoration: what it stands for is always written beside it or in the label of its button.
 *
 * @param {{ name: string }} props
 */
export function Icon({ name }) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d=${PATHS[name]} />
    </svg>
  `;
}
