import { onParentGone } from "../processes/parent-watch.ts";

/** How a process is told to end: Ctrl-C, SIGTERM, a closed terminal, or its parent gone. */
export function endRequested(): AbortSignal {
  const ending = new AbortController();
  const end = () => ending.abort(new Error("Stopped."));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  onParentGone(end);
  // Writing to a terminal that was closed fails; what is running must still be ended in order.
  for (const out of [process.stdout, process.stderr]) out.on("error", () => {});
  return ending.signal;
}
