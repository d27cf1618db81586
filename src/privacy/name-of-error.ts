/** For logs. Unknown errors may hold secrets in their message, so that only their class is logged. */
export function nameOfError(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
