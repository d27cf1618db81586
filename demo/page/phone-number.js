/**
 * A number as people write it, for the countries this demo is likely to meet; any other with its `+` alone.
 *
 * @param {string} digits as Z-API keeps them, or a LID (`…@lid`), which stays as it is
 */
export function formatPhone(digits) {
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  if (brazil) return `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
  const portugal = /^351(\d{3})(\d{3})(\d{3})$/.exec(digits);
  if (portugal) return `+351 ${portugal[1]} ${portugal[2]} ${portugal[3]}`;
  const northAmerica = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  if (northAmerica) return `+1 ${northAmerica[1]}-${northAmerica[2]}-${northAmerica[3]}`;
  return /^\d+$/.test(digits) ? `+${digits}` : digits;
}
