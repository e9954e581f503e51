import { editDistance, nearestKey, type SettingsProblems } from "./settings-problems.ts";

/** Every variable that this server reads. */
export const environmentKeys = [
  "HOST",
  "PORT",
  "TAILRACE_CONFIG",
  "TAILRACE_AUTH",
  "TAILRACE_ALLOWED_HOSTS",
  "TAILRACE_CLUSTER_NAME",
  "TAILRACE_READ_ONLY",
  "TAILRACE_PRODUCTION",
  "TAILRACE_AUDIT",
  "TAILRACE_CHANGES_TOPIC",
  "TAILRACE_LOG_DIRS",
  "TAILRACE_LOCAL_CONTROL",
  "TAILRACE_LOCAL_CONTROL_TOKEN",
  "TAILRACE_LOG_LEVEL",
  "KAFKA_BROKERS",
  "KAFKA_CLIENT_ID",
  "KAFKA_SASL_MECHANISM",
  "KAFKA_SASL_USERNAME",
  "KAFKA_SASL_PASSWORD",
  "KAFKA_SSL",
  "KAFKA_SSL_CA",
  "KAFKA_SSL_CERT",
  "KAFKA_SSL_KEY",
  "KAFKA_SSL_KEY_PASSPHRASE",
  "KAFKA_SSL_VERIFY_HOSTNAME",
] as const;
export type EnvironmentKey = (typeof environmentKeys)[number];
export type Environment = Readonly<Record<string, string | undefined>>;

/** Read by the launcher and the scripts (`npm start`, `npm test`), not by the server. */
export const launcherKeys: readonly string[] = [
  "TAILRACE_DATA_DIR",
  "TAILRACE_MAVEN_REPOSITORY",
  "TAILRACE_WORKLOAD",
  "TAILRACE_TEST_CLUSTER",
];

/** What Kubernetes sets for a service that happens to be called "tailrace", "kafka" or "kafka-ssl". */
const kubernetesLink = /_(SERVICE_(HOST|PORT)(_\w+)?|PORT(_\d+_(TCP|UDP)(_(ADDR|PORT|PROTO))?)?)$/;
const MAX_TYPOS = 2;

/**
 * Refuses variables that look like ours and aren't: everything else that starts with TAILRACE_, KAFKA_SASL or KAFKA_SSL,
 * and near misses of a KAFKA_ variable. Other KAFKA_ names belong to Kafka's own tools.
 */
export function refuseUnknownVariables(env: Readonly<Record<string, string | undefined>>, problems: SettingsProblems) {
  const known: readonly string[] = environmentKeys;
  for (const key of Object.keys(env)) {
    if (known.includes(key) || launcherKeys.includes(key) || kubernetesLink.test(key)) continue;
    const ours = /^(TAILRACE_|KAFKA_SASL|KAFKA_SSL)/.test(key);
    const typo = key.startsWith("KAFKA_") && known.some((one) => editDistance(key, one) <= MAX_TYPOS);
    if (!ours && !typo) continue;
    const nearest = nearestKey(key, [...known, ...launcherKeys]);
    problems.add(
      key,
      "there is no such setting.",
      nearest ? `Did you mean ${nearest}?` : "Remove it; the README lists the settings.",
    );
  }
}

/** "true" or "false"; undefined when not set. */
export function readFlag(env: Environment, key: EnvironmentKey, problems: SettingsProblems): boolean | undefined {
  const value = env[key]?.trim().toLowerCase();
  if (value === undefined || value === "") return undefined;
  if (value === "true" || value === "false") return value === "true";
  problems.add(key, "it is neither true nor false.", "Set it to true or false.");
  return undefined;
}
