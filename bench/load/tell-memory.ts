// Loaded into a process before its program: tells how much memory it has when it is asked.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
process.channel?.unref();
