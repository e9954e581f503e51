import type { Environment } from "./environment.ts";
import type { SettingsProblems } from "./settings-problems.ts";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** The level that TAILRACE_LOG_LEVEL names; "info" when it names none: wrong settings are refused in words, not by the logger. */
export function logLevel(env: Environment): string {
  const named = env.TAILRACE_LOG_LEVEL?.trim().toLowerCase() ?? "";
  return logLevels.includes(named) ? named : "info";
}

export function refuseUnknownLogLevel(env: Environment, problems: SettingsProblems): void {
  const named = env.TAILRACE_LOG_LEVEL?.trim().toLowerCase();
  if (!named || logLevels.includes(named)) return;
  problems.add("TAILRACE_LOG_LEVEL", "there is no such level.", `Use one of ${logLevels.join(", ")}.`);
}
