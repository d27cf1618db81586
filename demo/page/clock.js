/** Times as the reader's own clock shows them: every function takes the reader's time zone. */

/** Of the page itself. */
const LANGUAGE = 'en-US';

/**
 * @param {number} seconds since 1970
 * @param {string} timeZone
 * @param {string} [language]
 */
export function formatTime(seconds, timeZone, language = LANGUAGE) {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone }).format(
    seconds * 1000,
  );
}

/**
 * @param {number} seconds since 1970
 * @param {string} timeZone
 * @param {string} [language]
 */
export function formatTimeWithSeconds(seconds, timeZone, language = LANGUAGE) {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone }).format(seconds * 1000);
}

/**
 * @param {number} seconds since 1970
 * @param {string} timeZone
 */
export function calendarDay(seconds, timeZone) {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(seconds * 1000);
}

/**
 * today, yesterday, tomorrow, or undefined.
 *
 * @param {number} seconds since 1970
 * @param {string} timeZone
 * @param {number} nowSeconds
 */
export function nearbyDay(seconds, timeZone, nowSeconds) {
  const noon = (/** @type {string} */ day) => Date.parse(`${day}T12:00:00Z`);
  const days = Math.round(
    (noon(calendarDay(seconds, timeZone)) - noon(calendarDay(nowSeconds, timeZone))) / 86_400_000,
  );
  return { 0: 'today', '-1': 'yesterday', 1: 'tomorrow' }[days];
}

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const DATE_STYLES = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
};

/** @type {Record<string, Record<string, string>>} */
const NEARBY_DAYS = { 'pt-BR': { today: 'hoje', yesterday: 'ontem', tomorrow: 'amanhã' } };

/**
 * Slack's `<!date^seconds^format|fallback>`.
 *
 * @param {number} seconds since 1970
 * @param {string} format with tokens such as {date_short_pretty} and {time}
 * @param {string} timeZone
 * @param {number} [nowSeconds]
 * @param {string} [language] of the reader's client
 */
export function formatSlackDate(
  seconds,
  format,
  timeZone,
  nowSeconds = Date.now() / 1000,
  language = LANGUAGE,
) {
  return format.replace(/\{(\w+)\}/g, (token, /** @type {string} */ name) => {
    if (name === 'time') return formatTime(seconds, timeZone, language);
    if (name === 'time_secs') return formatTimeWithSeconds(seconds, timeZone, language);
    if (name === 'date_num') return calendarDay(seconds, timeZone);
    const pretty = name.endsWith('_pretty');
    const style = DATE_STYLES[pretty ? name.slice(0, -'_pretty'.length) : name];
    if (!style) return token;
    const nearby = pretty ? nearbyDay(seconds, timeZone, nowSeconds) : undefined;
    if (nearby) return NEARBY_DAYS[language]?.[nearby] ?? nearby;
    return new Intl.DateTimeFormat(language, { ...style, timeZone }).format(seconds * 1000);
  });
}
