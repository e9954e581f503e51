import { z } from "zod";
import { clusterName } from "#lib/contracts/kafka.ts";
import { readAudit, readChangesTopic } from "./change-log-settings.ts";
import { type PropertyKey, type PropertySource, readConnection } from "./cluster-properties.ts";
import type { ClusterSettings, LocalControl } from "./cluster-settings.ts";
import { type Environment, readFlag } from "./environment.ts";
import { readLogDirs } from "./log-dir-settings.ts";
import type { SettingsProblems } from "./settings-problems.ts";

/** The one cluster that the environment describes, by KAFKA_BROKERS and the like. */
export function readEnvironmentCluster(env: Environment, problems: SettingsProblems): ClusterSettings {
  const local = readLocalControl(env, problems);
  const name = env.TAILRACE_CLUSTER_NAME || (local ? "local" : "kafka");
  if (!clusterName.safeParse(name).success) {
    problems.add(
      "TAILRACE_CLUSTER_NAME",
      "it can't stand in a URL.",
      "Use lower-case letters, digits and hyphens, at most 63: prod-eu.",
    );
  }
  return {
    name,
    displayName: local ? "Local sample cluster" : name,
    ...readConnection(environmentSource(env, problems), problems),
    readOnly: readFlag(env, "TAILRACE_READ_ONLY", problems) ?? false,
    production: readFlag(env, "TAILRACE_PRODUCTION", problems) ?? false,
    audit: readAudit(env.TAILRACE_AUDIT, "TAILRACE_AUDIT", problems),
    changesTopic: readChangesTopic(env.TAILRACE_CHANGES_TOPIC, "TAILRACE_CHANGES_TOPIC", problems),
    logDirs: readLogDirs(env.TAILRACE_LOG_DIRS, "TAILRACE_LOG_DIRS", problems),
    local,
  };
}

/** Which variable says what Kafka calls by the property's name. */
const variables: Readonly<Record<PropertyKey, keyof Environment>> = {
  "bootstrap.servers": "KAFKA_BROKERS",
  "client.id": "KAFKA_CLIENT_ID",
  "security.protocol": "KAFKA_SSL",
  "sasl.mechanism": "KAFKA_SASL_MECHANISM",
  "sasl.jaas.config": "KAFKA_SASL_USERNAME",
  "sasl.username": "KAFKA_SASL_USERNAME",
  "sasl.password": "KAFKA_SASL_PASSWORD",
  "ssl.truststore.type": "KAFKA_SSL_CA",
  "ssl.truststore.location": "KAFKA_SSL_CA",
  "ssl.truststore.certificates": "KAFKA_SSL_CA",
  "ssl.keystore.type": "KAFKA_SSL_CERT",
  "ssl.keystore.location": "KAFKA_SSL_CERT",
  "ssl.keystore.certificate.chain": "KAFKA_SSL_CERT",
  "ssl.keystore.key": "KAFKA_SSL_KEY",
  "ssl.key.password": "KAFKA_SSL_KEY_PASSPHRASE",
  "ssl.endpoint.identification.algorithm": "KAFKA_SSL_VERIFY_HOSTNAME",
};

function environmentSource(env: Environment, problems: SettingsProblems): PropertySource {
  const verify = readFlag(env, "KAFKA_SSL_VERIFY_HOSTNAME", problems);
  const tls =
    readFlag(env, "KAFKA_SSL", problems) ?? Boolean(env.KAFKA_SSL_CA || env.KAFKA_SSL_CERT || env.KAFKA_SSL_KEY);
  const login = Boolean(env.KAFKA_SASL_MECHANISM || env.KAFKA_SASL_USERNAME || env.KAFKA_SASL_PASSWORD);
  const values: Partial<Record<PropertyKey, string | undefined>> = {
    "bootstrap.servers": env.KAFKA_BROKERS,
    "client.id": env.KAFKA_CLIENT_ID,
    "security.protocol": `${login ? "SASL_" : ""}${tls ? "SSL" : "PLAINTEXT"}`,
    "sasl.mechanism": env.KAFKA_SASL_MECHANISM,
    "sasl.username": env.KAFKA_SASL_USERNAME,
    "sasl.password": env.KAFKA_SASL_PASSWORD,
    "ssl.truststore.location": env.KAFKA_SSL_CA,
    "ssl.keystore.certificate.chain": env.KAFKA_SSL_CERT,
    "ssl.keystore.key": env.KAFKA_SSL_KEY,
    "ssl.key.password": env.KAFKA_SSL_KEY_PASSPHRASE,
    "ssl.endpoint.identification.algorithm": verify === false ? "" : undefined,
  };
  return {
    get: (key) => (key === "ssl.endpoint.identification.algorithm" ? values[key] : values[key] || undefined),
    label: (key) => variables[key],
    directory: process.cwd(),
  };
}

const loopbackUrl = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ });

function readLocalControl(env: Environment, problems: SettingsProblems): LocalControl | null {
  const { TAILRACE_LOCAL_CONTROL: url, TAILRACE_LOCAL_CONTROL_TOKEN: token } = env;
  if (!url && !token) return null;
  if (!loopbackUrl.safeParse(url).success || !token) {
    return problems.add(
      "TAILRACE_LOCAL_CONTROL",
      "it must be an http URL on loopback, together with TAILRACE_LOCAL_CONTROL_TOKEN.",
      "Both are set by npm start for the cluster it runs; remove them to use a cluster of your own.",
    );
  }
  return { url: url ?? "", token };
}
