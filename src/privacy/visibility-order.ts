import type { PrivacyChange, Visibility } from './change.ts';
import type { LastSet } from './setting-memory.ts';

/** How many can see it, from few to many. */
const openness: Record<Visibility, number> = { nobody: 0, 'contacts-except': 1, contacts: 2, everyone: 3 };

/** Whether more people might see it after a change. Where it is not known what is set now, any choice but nobody might. */
export function letsMoreSee({ visibility, showAgain }: PrivacyChange, last: LastSet): boolean {
  if (visibility === 'nobody') return false;
  if (typeof last !== 'object' || last.outcome?.kind !== 'applied') return true;
  return openness[visibility] > openness[last.change.visibility] || showAgain.length > 0;
}
