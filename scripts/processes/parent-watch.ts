const POLL_MS = 200;

/**
 * Calls back once when the process that started this one is gone. SIGTERM to `npm start` ends only npm and its shell: nobody tells the
 * launcher, which sees it by its parent's pid changing.
 */
export function onParentGone(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, POLL_MS);
  timer.unref();
}
