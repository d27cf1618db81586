/** The result, or undefined where it did not come in time. What comes later is the caller's business. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<{ result: T } | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, limitMs));
  try {
    return await Promise.race([work.then((result) => ({ result })), late]);
  } finally {
    clearTimeout(timer);
  }
}
