// Loaded into every process of the runner before its own code (node --require). When the runner is gone,
// however it ended, the IPC channel closes: the process is then asked to end, and made to after a while.
// The services know nothing of this.
const PATIENCE_MS = 10_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Listening must not keep a process alive that has nothing else to do.
process.channel?.unref();
