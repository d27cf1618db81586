/** @typedef {import('../actions.ts').Action} Action */

/**
 * Posts one thing the visitor did; resolves when the bot has answered, rejects with a sentence for people.
 *
 * @param {Action} action
 */
export async function send(action) {
  const response = await fetch('/actions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  }).catch(() => {
    throw new Error('The demo does not answer. Is npm run demo still running?');
  });
  if (!response.ok) throw new Error(await response.text());
}

/**
 * Runs tasks one after another: what was typed has to arrive before the submission that follows it.
 *
 * @returns {(task: () => Promise<unknown>) => Promise<unknown>}
 */
export function createQueue() {
  let last = /** @type {Promise<unknown>} */ (Promise.resolve());
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => {});
    return run;
  };
}
