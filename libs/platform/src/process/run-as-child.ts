/**
 * The child's side of EmbeddedProcess: starts, says that it is ready, and stops in order on SIGTERM or when the parent
 * is gone (its IPC channel disconnects, also when it was killed). Without a parent it runs until a signal.
 */
export async function runAsChild<Ready extends object>(
  start: () => Promise<{ ready: Ready; stop: () => Promise<void> }>,
): Promise<void> {
  const started = start();
  let asked = false;
  const finish = (): void => {
    if (asked) return;
    asked = true;
    exitAfter(started.then(({ stop }) => stop()));
  };
  process.on('disconnect', finish).on('SIGTERM', finish).on('SIGINT', finish);

  const { ready } = await started;
  if (!asked) process.send?.({ type: 'ready', ...ready });
}

function exitAfter(stopped: Promise<void>): void {
  stopped.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
}
