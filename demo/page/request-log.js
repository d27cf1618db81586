import { html } from 'htm/preact';
import { formatTimeWithSeconds } from './clock.js';
import { Icon } from './icon.js';

/**
 * @typedef {import('../../fakes/zapi/types.ts').ZapiRequest} ZapiRequest
 * @typedef {import('../state.ts').PageNumber} PageNumber
 */

/**
 * @param {{ requests: ZapiRequest[], numbers: PageNumber[], timeZone: string }} props
 */
export function RequestLog({ requests, numbers, timeZone }) {
  return html`
    <section class="requests" aria-labelledby="requests-title">
      <h2 id="requests-title">Requests Z-API received <span class="count">${requests.length}</span></h2>
      <div class="requests-list" role="log" aria-labelledby="requests-title" tabindex="0">
        ${requests.length === 0 && html`<p class="requests-none">None yet. Each call the bot makes shows up here, exactly as it arrived.</p>`}
        ${requests
          .map(
            (request, index) =>
              html`<${Request} key=${index} request=${request} numbers=${numbers} timeZone=${timeZone} />`,
          )
          .reverse()}
      </div>
    </section>
  `;
}

/**
 * @param {{ request: ZapiRequest, numbers: PageNumber[], timeZone: string }} props
 */
function Request({ request, numbers, timeZone }) {
  const number = numbers.find(({ instanceId }) => request.path.startsWith(`/instances/${instanceId}/`));
  const { method, path, contentType, body, reply } = request;
  return html`
    <details class="request">
      <summary>
        <${Icon} name="right" />
        <span class=${`method method-${method.toLowerCase()}`}>${method}</span>
        <span class="request-path" title=${path}>${afterToken(path)}</span>
        ${number && html`<span class="request-number">${number.label}</span>`}
        <${Status} request=${request} />
      </summary>
      <dl>
        <dt>Path</dt>
        <dd><code>${path}</code></dd>
        ${body !== undefined && body !== null && body !== '' && html`<dt>Body${contentType && html` <small>${contentType}</small>`}</dt><dd><pre>${pretty(body)}</pre></dd>`}
        <dt>Reply</dt>
        <dd>${reply === undefined ? html`<em>none</em>` : reply === '' ? html`<em>empty</em>` : html`<pre>${pretty(reply)}</pre>`}</dd>
        <dt>Received</dt>
        <dd>${formatTimeWithSeconds(request.at / 1000, timeZone)}</dd>
      </dl>
    </details>
  `;
}

/**
 * @param {{ request: ZapiRequest }} props
 */
function Status({ request: { status, reply } }) {
  if (status === undefined) return html`<span class="status status-none">no reply</span>`;
  const isGood = status < 300 && !saysNo(reply);
  return html`<span class=${isGood ? 'status status-good' : 'status status-bad'}>${status}</span>`;
}

/**
 * Z-API says no with a 200 too. Its word on the connection carries an `error` even when all is well.
 *
 * @param {string | undefined} reply
 */
function saysNo(reply) {
  return /"(success|value|connected)":\s*false/.test(reply ?? '') || /^\{\s*"error"/.test(reply ?? '');
}

/**
 * The part of a path that differs from call to call.
 *
 * @param {string} path
 */
function afterToken(path) {
  return path.replace(/^\/instances\/[^/]+\/token\/[^/]+/, '');
}

/** @param {unknown} value */
function pretty(value) {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
