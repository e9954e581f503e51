import { loadSettings, type Settings } from "#server/settings.ts";

/** What `npm start` is to do, all settings checked. */
export interface LaunchMode {
  /** Whether to run a Kafka here: nobody named one. */
  readonly localKafka: boolean;
  readonly sampleWorkload: boolean;
  readonly listening: Settings["listening"];
}

/** Stands in for the addresses that are known only when the brokers are up, so that all other settings can be checked first. */
const NOT_YET_KNOWN = "127.0.0.1:9092";

/**
 * Decides from the environment, before anything is started.
 *
 * @throws {SettingsError} that lists everything wrong.
 */
export function launchMode(env: NodeJS.ProcessEnv): LaunchMode {
  const named = Boolean(env.KAFKA_BROKERS?.trim() || env.TAILRACE_CONFIG?.trim());
  // In production a Kafka with made-up data must never stand in for the one somebody forgot to name: the parser asks for it.
  const localKafka = !named && env.NODE_ENV !== "production";
  const workload = env.TAILRACE_WORKLOAD?.trim().toLowerCase() || "on";
  if (workload !== "on" && workload !== "off")
    throw new Error("TAILRACE_WORKLOAD: it is neither on nor off. Set it to on or off.");
  const { listening } = loadSettings(localKafka ? { ...env, KAFKA_BROKERS: NOT_YET_KNOWN } : env);
  return { localKafka, sampleWorkload: localKafka && workload === "on", listening };
}
