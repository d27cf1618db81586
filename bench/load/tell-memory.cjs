// Loaded into a process before its program: tells how much memory it has when it is asked. Plain JavaScript, because what
// strips types takes twenty megabytes.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
process.channel?.unref();
