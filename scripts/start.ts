// `npm start`: everything from a clone to a page in the browser. scripts/setup.mjs runs it on the pinned Node.
import { endRequested } from "./console/end.ts";
import { Steps } from "./console/steps.ts";
import { launchMode } from "./launcher/launch-mode.ts";
import { Launcher } from "./launcher/launcher.ts";
import { dataDir } from "./paths.ts";

/** Everything is down within 5 s of being asked, whatever hangs: what is left then, the watchdog ends. */
const LAST_RESORT_MS = 4_700;

const ending = endRequested();
const steps = new Steps();
let launcher: Launcher | null = null;
let code = 0;
// From the moment of the request: what is under way then, such as a download, may be slow to notice.
ending.addEventListener("abort", lastResort, { once: true });
try {
  const mode = launchMode(process.env);
  launcher = new Launcher(mode, dataDir(), steps);
  await launcher.start(ending);
  steps.print(`\n  Tailrace: ${launcher.url}\n`);
  if (mode.localKafka) {
    steps.print(
      `  It shows a local Kafka ${mode.sampleWorkload ? "with a sample workload" : "without the sample workload"}, ` +
        `kept in ${dataDir()}.\n  To see yours: KAFKA_BROKERS=host:9092 npm start`,
    );
  }
  steps.print("  Ctrl-C stops everything.\n");
  await Promise.race([launcher.failed, untilAborted(ending)]);
} catch (error) {
  if (!ending.aborted) {
    steps.print(`\n${error instanceof Error ? error.message : String(error)}\n`);
    code = 1;
  }
}
if (!ending.aborted) lastResort();
await launcher?.close().catch((error: unknown) => steps.print(`  ✗ ${String(error)}`));
process.exit(code);

function lastResort(): void {
  setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  // Signal handlers and children alone may not keep a process alive.
  const alive = setInterval(() => {}, 60_000);
  return new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  }).finally(() => clearInterval(alive));
}
