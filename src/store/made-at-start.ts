import { UnfitStore } from '../privacy/ports.ts';

/** There is no journal yet, or one of an older version: the bot makes it, or brings it up to date, at its start. */
export class MadeAtStart extends UnfitStore {
  readonly isThere: boolean;

  constructor(message: string, isThere: boolean) {
    super(message);
    this.isThere = isThere;
  }
}
