import type { Passage, Step, Toll } from '../crash/tollgate.ts';

/** What stands at a gate: `cut` breaks the connection, `hold` answers nothing until it is over. */
export type Obstacle = { how: 'cut' | 'hold'; at: Step; hits?: (passage: Passage) => boolean };

/** A toll that lets everything by, until an obstacle is put in its way. */
export type Trouble = { toll: Toll; put(obstacle: Obstacle): void; clear(): void };

export function createTrouble(): Trouble {
  let obstacle: Obstacle | undefined;
  let over = Promise.withResolvers<'cut'>();
  return {
    toll(passage, step) {
      if (obstacle?.at !== step || obstacle.hits?.(passage) === false) return undefined;
      return obstacle.how === 'cut' ? 'cut' : over.promise;
    },
    put(next) {
      obstacle = next;
      over = Promise.withResolvers();
    },
    clear() {
      obstacle = undefined;
      // Whoever still waits for an answer gets none.
      over.resolve('cut');
    },
  };
}
