import { z } from 'zod';
import type { Plan } from '../privacy/ports.ts';

/**
 * `GET /me` holds the instance's token beside this: nothing else of it is read. What `due` and `paymentStatus` may hold is
 * not documented, so that any other form of them says nothing.
 */
export const planReply = z
  .object({
    due: z.unknown().optional(),
    paymentStatus: z.unknown().optional(),
    error: z.unknown().optional(),
  })
  .refine(({ error }) => !error);

/** A time in milliseconds since 1970, in this century: a number of seconds or days would be a date long gone. */
const plausible = { fromMs: Date.UTC(2015, 0), toMs: Date.UTC(2200, 0) };

export function planIn({ due, paymentStatus }: z.infer<typeof planReply>): Plan {
  const isTime = typeof due === 'number' && due >= plausible.fromMs && due <= plausible.toMs;
  return {
    endsAt: isTime ? new Date(due) : undefined,
    isPaid: typeof paymentStatus === 'string' ? /^paid$/i.test(paymentStatus) : undefined,
  };
}
