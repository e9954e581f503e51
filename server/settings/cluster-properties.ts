import { z } from "zod";
import type { ClusterSettings, SaslSettings, TlsSettings } from "./cluster-settings.ts";
import { parseJaas } from "./jaas.ts";
import { checkTls, readPem } from "./read-pem.ts";
import type { SettingsProblems } from "./settings-problems.ts";

/** Kafka's own names of the connection properties that Tailrace reads. */
export const propertyKeys = [
  "bootstrap.servers",
  "client.id",
  "security.protocol",
  "sasl.mechanism",
  "sasl.jaas.config",
  "sasl.username",
  "sasl.password",
  "ssl.truststore.type",
  "ssl.truststore.location",
  "ssl.truststore.certificates",
  "ssl.keystore.type",
  "ssl.keystore.location",
  "ssl.keystore.certificate.chain",
  "ssl.keystore.key",
  "ssl.key.password",
  "ssl.endpoint.identification.algorithm",
] as const;
export type PropertyKey = (typeof propertyKeys)[number];

/** The properties of one cluster, wherever they come from. */
export interface PropertySource {
  /** Resolved (`${ENV}` replaced); undefined when not set. */
  get(key: PropertyKey): string | undefined;
  /** As its owner knows it: "KAFKA_BROKERS", "clusters[0].bootstrap.servers". */
  label(key: PropertyKey): string;
  /** What relative paths are relative to. */
  readonly directory: string;
}

const MAX_PORT = 65_535;
const mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] as const;
const protocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] as const;

export type ConnectionPart = Pick<ClusterSettings, "bootstrapServers" | "clientId" | "tls" | "sasl">;

/** Reads how to connect; everything that is wrong is added to `problems`, and the result is then not to be used. */
export function readConnection(source: PropertySource, problems: SettingsProblems): ConnectionPart {
  const protocol = readProtocol(source, problems);
  return {
    bootstrapServers: readServers(source, problems),
    clientId: readClientId(source, problems),
    tls: readTls(source, protocol, problems),
    sasl: readSasl(source, protocol, problems),
  };
}

/** "host:port", an IPv6 address in brackets. */
const server = z.string().regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?):\d{1,5}$/);

function readServers(source: PropertySource, problems: SettingsProblems): string[] {
  const key = source.label("bootstrap.servers");
  const entries = (source.get("bootstrap.servers") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length === 0) {
    problems.add(key, "it names no broker.", "Give one or more, such as kafka-1:9092,kafka-2:9092.");
  }
  entries.forEach((entry, index) => {
    const port = Number(entry.slice(entry.lastIndexOf(":") + 1));
    if (server.safeParse(entry).success && port >= 1 && port <= MAX_PORT) return;
    problems.add(
      key,
      `entry ${index + 1} of ${entries.length} isn't of the form host:port.`,
      "Give host names or addresses with a port between 1 and 65535, parted by commas, without a protocol in front: kafka-1:9092,[2001:db8::7]:9092.",
    );
  });
  return entries;
}

function readClientId(source: PropertySource, problems: SettingsProblems): string {
  const clientId = source.get("client.id") ?? "tailrace";
  if (!/^[\w.-]{1,249}$/.test(clientId)) {
    problems.add(
      source.label("client.id"),
      "it has characters that Kafka's metrics and quotas don't take.",
      "Use letters, digits, '.', '_' and '-', at most 249.",
    );
  }
  return clientId;
}

function readProtocol(source: PropertySource, problems: SettingsProblems): (typeof protocols)[number] {
  const given = source.get("security.protocol");
  const parsed = z.enum(protocols).safeParse(given?.toUpperCase() ?? "PLAINTEXT");
  if (parsed.success) return parsed.data;
  problems.add(source.label("security.protocol"), "there is no such protocol.", `Use one of ${protocols.join(", ")}.`);
  return "PLAINTEXT";
}

function readSasl(source: PropertySource, protocol: string, problems: SettingsProblems): SaslSettings | null {
  const used = (["sasl.mechanism", "sasl.jaas.config", "sasl.username", "sasl.password"] as const).filter(
    (key) => source.get(key) !== undefined,
  );
  if (!protocol.startsWith("SASL_")) {
    const first = used[0];
    if (first !== undefined) {
      problems.add(
        source.label(first),
        `it is set, but ${source.label("security.protocol")} asks for no login.`,
        "Set security.protocol to SASL_PLAINTEXT or SASL_SSL, or remove it.",
      );
    }
    return null;
  }
  const mechanism = z.enum(mechanisms).safeParse(source.get("sasl.mechanism")?.toUpperCase());
  if (!mechanism.success) {
    const set = source.get("sasl.mechanism") !== undefined;
    problems.add(
      source.label("sasl.mechanism"),
      set ? "Tailrace doesn't speak this mechanism." : "it is not set, but the cluster wants a login.",
      `Use one of ${mechanisms.join(", ")}.`,
    );
  }
  const login = readLogin(source, mechanism.data, problems);
  return mechanism.success && login !== null ? { mechanism: mechanism.data, ...login } : null;
}

function readLogin(
  source: PropertySource,
  mechanism: string | undefined,
  problems: SettingsProblems,
): { username: string; password: string } | null {
  const jaas = source.get("sasl.jaas.config");
  const username = source.get("sasl.username");
  const password = source.get("sasl.password");
  if (jaas !== undefined) {
    const key = source.label("sasl.jaas.config");
    if (username !== undefined || password !== undefined) {
      return problems.add(key, "the user is named twice.", "Use sasl.jaas.config, or sasl.username and sasl.password.");
    }
    const login = parseJaas(jaas);
    if (login === null) {
      return problems.add(
        key,
        "it can't be read.",
        'Write it as org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…"; (or …plain.PlainLoginModule).',
      );
    }
    if (mechanism !== undefined && !mechanism.startsWith(login.family)) {
      return problems.add(
        key,
        `its login module is for ${login.family}, but ${source.label("sasl.mechanism")} is ${mechanism}.`,
        "Let both name the same mechanism.",
      );
    }
    return { username: login.username, password: login.password };
  }
  if (!username) problems.add(source.label("sasl.username"), "it is not set.", "Give the user that logs in to Kafka.");
  if (!password) problems.add(source.label("sasl.password"), "it is not set.", "Give that user's password.");
  return username && password ? { username, password } : null;
}

function readTls(source: PropertySource, protocol: string, problems: SettingsProblems): TlsSettings | null {
  const used = propertyKeys.filter((key) => key.startsWith("ssl.") && source.get(key) !== undefined);
  if (!protocol.endsWith("SSL")) {
    const first = used[0];
    if (first !== undefined) {
      problems.add(
        source.label(first),
        `it is set, but ${source.label("security.protocol")} doesn't ask for TLS.`,
        "Set security.protocol to SSL or SASL_SSL, or remove it.",
      );
    }
    return null;
  }
  for (const key of ["ssl.truststore.type", "ssl.keystore.type"] as const) {
    const type = source.get(key);
    if (type !== undefined && type.toUpperCase() !== "PEM") {
      problems.add(source.label(key), "only PEM is read.", "Convert the Java key store to PEM, and set it to PEM.");
    }
  }
  const pem = (...keys: PropertyKey[]): string | null => {
    const set = keys.filter((key) => source.get(key));
    const [key, second] = set;
    if (key !== undefined && second !== undefined) {
      return problems.add(source.label(second), `so is ${source.label(key)}.`, "Set one of the two.");
    }
    return key === undefined ? null : readPem(source.get(key) ?? "", source.label(key), source.directory, problems);
  };
  const store = pem("ssl.keystore.location");
  const algorithm = source.get("ssl.endpoint.identification.algorithm");
  if (algorithm !== undefined && algorithm !== "" && algorithm.toLowerCase() !== "https") {
    problems.add(
      source.label("ssl.endpoint.identification.algorithm"),
      "there is no such algorithm.",
      "Leave it out (https: the certificate must name the host), or set it to an empty text to switch the check off.",
    );
  }
  const tls: TlsSettings = {
    ca: pem("ssl.truststore.location", "ssl.truststore.certificates"),
    // Kafka's PEM key store is one file with both the key and the chain.
    certificate: store ?? pem("ssl.keystore.certificate.chain"),
    key: store ?? pem("ssl.keystore.key"),
    keyPassphrase: source.get("ssl.key.password") ?? null,
    verifyHostname: algorithm !== "",
  };
  if (!problems.any) checkTls(tls, source.label(used[0] ?? "security.protocol"), problems);
  return tls;
}
