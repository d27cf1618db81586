/** Does one piece of work of a line, if there is any; says whether there was. Never rejects. */
export type Step = (line: string) => Promise<boolean>;

export interface LinesOfWork {
  /** Begins the line's work, one piece after another until there is none; one that is at work looks once more. */
  wake(line: string): void;
  /** Resolves when no line is at work any more. */
  idle(): Promise<void>;
}

/** Lines go on side by side; within a line one piece of work follows another. */
export function createLinesOfWork(step: Step): LinesOfWork {
  const atWork = new Map<string, Promise<void>>();
  const wokenAgain = new Set<string>();

  async function work(line: string): Promise<void> {
    do {
      wokenAgain.delete(line);
      while (await step(line));
    } while (wokenAgain.has(line));
    atWork.delete(line);
  }

  return {
    wake(line) {
      if (atWork.has(line)) wokenAgain.add(line);
      else atWork.set(line, work(line));
    },
    async idle() {
      while (atWork.size > 0) await Promise.all(atWork.values());
    },
  };
}
