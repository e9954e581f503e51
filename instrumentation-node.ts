import { logger } from "#server/logger.ts";
import { runtime } from "#server/runtime.ts";
import { SettingsError } from "#server/settings/settings-problems.ts";
import { endOnSignal } from "#server/shutdown.ts";

// Once at the start of the server process: wrong settings end it here, in words, before anybody connects.
try {
  const { settings } = runtime();
  logger.info({ clusters: settings.clusters.map(({ name }) => name) }, "Tailrace starts");
  endOnSignal(runtime());
  // So that there is a history when somebody comes to look.
  runtime().observe();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
