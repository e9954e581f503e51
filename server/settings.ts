import { readClusterFile } from "./settings/cluster-file.ts";
import type { ClusterSettings } from "./settings/cluster-settings.ts";
import { type EnvironmentKey, refuseUnknownVariables } from "./settings/environment.ts";
import { readEnvironmentCluster } from "./settings/environment-cluster.ts";
import { type ListeningSettings, readListening } from "./settings/listening.ts";
import { refuseUnknownLogLevel } from "./settings/log-level.ts";
import { SettingsProblems } from "./settings/settings-problems.ts";

/** All of it, read once at start. */
export interface Settings {
  readonly clusters: readonly ClusterSettings[];
  readonly listening: ListeningSettings;
}

/**
 * Reads the environment, and the file that TAILRACE_CONFIG names.
 * @throws {SettingsError} that lists everything wrong: the key, what is wrong, what would be right; never a secret
 */
export function loadSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems = new SettingsProblems();
  refuseUnknownVariables(env, problems);
  refuseUnknownLogLevel(env, problems);
  const listening = readListening(env, problems);
  const clusters = readClusters(env, problems);
  problems.throwIfAny();
  return { clusters, listening };
}

function readClusters(
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingsProblems,
): readonly ClusterSettings[] {
  const file = env.TAILRACE_CONFIG?.trim();
  const brokers = env.KAFKA_BROKERS?.trim();
  if (file && brokers) {
    problems.add(
      "KAFKA_BROKERS",
      "TAILRACE_CONFIG is set too.",
      "Set one of the two: one cluster, or a file of clusters.",
    );
    return [];
  }
  if (file) {
    refuseUnheeded(env, problems);
    return readClusterFile(file, env, problems);
  }
  if (brokers) return [readEnvironmentCluster(env, problems)];
  problems.add(
    "KAFKA_BROKERS",
    `it is not set, nor is TAILRACE_CONFIG${env.NODE_ENV === "production" ? ", and in production (NODE_ENV) no local Kafka is started" : ""}.`,
    "Name the brokers to connect to (KAFKA_BROKERS=kafka-1:9092,kafka-2:9092), or a YAML file of clusters (TAILRACE_CONFIG=clusters.yaml).",
  );
  return [];
}

/** Variables about the cluster in KAFKA_BROKERS, with the key that says the same of a cluster in the file. */
const ofOneCluster = {
  TAILRACE_CLUSTER_NAME: "name",
  TAILRACE_READ_ONLY: "readOnly",
  TAILRACE_PRODUCTION: "production",
  TAILRACE_AUDIT: "audit",
  TAILRACE_CHANGES_TOPIC: "changesTopic",
  TAILRACE_LOG_DIRS: "logDirs",
} as const satisfies Partial<Record<EnvironmentKey, string>>;

/** Beside a file of clusters they are about none of them: a "read-only" that nobody heeds would be worse than none. */
function refuseUnheeded(env: Readonly<Record<string, string | undefined>>, problems: SettingsProblems): void {
  for (const [variable, key] of Object.entries(ofOneCluster)) {
    if (!env[variable]?.trim()) continue;
    problems.add(
      variable,
      "it is about the cluster in KAFKA_BROKERS, and TAILRACE_CONFIG is set.",
      `Write ${key} at each cluster in the file instead.`,
    );
  }
}
