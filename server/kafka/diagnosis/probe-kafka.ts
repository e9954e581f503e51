import {
  apiVersionsV3,
  Connection,
  type ConnectionOptions,
  findErrorBy,
  metadataV12,
  saslHandshakeV1,
} from "@platformatic/kafka";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterSettings } from "../../settings/cluster-settings.ts";
import { tlsOptions } from "../client-options.ts";
import { where } from "../host-port.ts";
import { kafkaProblem } from "../kafka-problem.ts";
import { BrokenLink } from "./chain.ts";
import type { Address } from "./probe-network.ts";

/** A broker that lets us in answers within milliseconds; each attempt here is one of several in a step. */
const PROBE_MS = 1_500;

/** Opens a connection of its own, without a login unless `login`, and closes it after `use`. */
async function withConnection<T>(
  settings: ClusterSettings,
  address: Address,
  login: boolean,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const tls = tlsOptions(settings);
  const options: ConnectionOptions = {
    connectTimeout: PROBE_MS,
    requestTimeout: PROBE_MS,
    ...(tls && { tls }),
    ...(login && settings.sasl && { sasl: { ...settings.sasl } }),
  };
  const connection = new Connection(settings.clientId, options);
  // An error after the first has no other listener, and would end the process.
  connection.on("error", () => {});
  try {
    await connection.connect(address.host, address.port);
    return await use(connection);
  } finally {
    connection.close().catch(() => {});
  }
}

const askVersions = (connection: Connection) => apiVersionsV3.api.async(connection, "tailrace", "1");

/** Whether a broker answers there, spoken to as the settings say. */
export async function speaksKafka(settings: ClusterSettings, address: Address): Promise<boolean> {
  return withConnection(settings, address, false, askVersions).then(
    () => true,
    () => false,
  );
}

export function speaksPlaintext(settings: ClusterSettings, address: Address): Promise<boolean> {
  return speaksKafka({ ...settings, tls: null }, address);
}

/** Which requests the broker knows; brokers tell that before any login. */
export async function readVersions(
  settings: ClusterSettings,
  address: Address,
): Promise<{ detail: string; made: true }> {
  try {
    const { apiKeys } = await withConnection(settings, address, false, askVersions);
    return { detail: `a Kafka broker that knows ${apiKeys.length} kinds of request`, made: true };
  } catch (error) {
    throw new BrokenLink(
      `${where(address)} accepts connections, but doesn't answer as a Kafka broker does.`,
      "Check that this is the port of a Kafka listener, that security.protocol fits it, and whether it wants a client certificate (ssl.keystore.*).",
      { cause: error },
    );
  }
}

/** Not a mechanism of anybody's: a listener with logins answers with those it has. */
const NO_MECHANISM = "TAILRACE-ASKS";

/**
 * Whether the listener wants a login, and by which mechanisms.
 * @returns null when it wants none
 * @see KIP-43
 */
async function enabledMechanisms(settings: ClusterSettings, address: Address): Promise<readonly string[] | null> {
  try {
    const { mechanisms } = await withConnection(settings, address, false, (connection) =>
      saslHandshakeV1.api.async(connection, settings.sasl?.mechanism ?? NO_MECHANISM),
    );
    return mechanisms ?? [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (findErrorBy(error, "apiId", "ILLEGAL_SASL_STATE")) return null;
    const response: unknown = "response" in error ? error.response : null;
    if (typeof response === "object" && response !== null && "mechanisms" in response) {
      const { mechanisms } = response;
      if (Array.isArray(mechanisms)) return mechanisms.map(String);
    }
    throw unexpected(error, "the SASL mechanisms", address);
  }
}

/** When no login is configured: that the listener wants none either. */
export async function checkNoLogin(
  settings: ClusterSettings,
  address: Address,
): Promise<{ detail: string; made: true }> {
  const mechanisms = await enabledMechanisms(settings, address);
  if (mechanisms === null) return { detail: "the listener wants none either", made: true };
  throw new BrokenLink(
    `${where(address)} wants a login; it enables ${mechanisms.join(", ") || "no mechanism"}.`,
    "Set sasl.mechanism to one of these, with sasl.username and sasl.password (KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD).",
  );
}

/** Logs in as configured. */
export async function logIn(settings: ClusterSettings, address: Address): Promise<{ detail: string; made: true }> {
  const mechanism = settings.sasl?.mechanism ?? "";
  const mechanisms = await enabledMechanisms(settings, address);
  if (mechanisms === null) {
    throw new BrokenLink(
      `${where(address)} wants no login, but the settings give one.`,
      "Use security.protocol PLAINTEXT or SSL for this listener (no KAFKA_SASL_…), or connect to the port of the listener with SASL.",
    );
  }
  if (!mechanisms.includes(mechanism)) {
    throw new BrokenLink(
      `${where(address)} doesn't enable ${mechanism}; it enables ${mechanisms.join(", ") || "no mechanism"}.`,
      "Set sasl.mechanism (KAFKA_SASL_MECHANISM) to one of these, or enable it on the broker (sasl.enabled.mechanisms).",
    );
  }
  try {
    await withConnection(settings, address, true, async () => {});
  } catch (error) {
    const problem = kafkaProblem(error, { what: "the login", broker: where(address) });
    if (problem instanceof ProblemError && problem.code === "kafka-login-failed") {
      throw new BrokenLink(
        `${where(address)} refuses ${settings.sasl?.username}: unknown user, or wrong password.`,
        mechanism === "PLAIN"
          ? "Check the user name and password; PLAIN users stand in the broker's JAAS configuration."
          : `Check the user name and password; a SCRAM user must have credentials for ${mechanism} itself (kafka-configs.sh --describe --entity-type users).`,
      );
    }
    throw unexpected(error, "the login", address);
  }
  return { detail: `logged in by ${mechanism} as ${settings.sasl?.username}`, made: true };
}

export interface AdvertisedBroker extends Address {
  readonly id: number;
}

/** The brokers as this one advertises them. */
export async function readAdvertised(
  settings: ClusterSettings,
  address: Address,
): Promise<{ detail: string; made: readonly AdvertisedBroker[] }> {
  try {
    const { brokers, clusterId } = await withConnection(settings, address, true, (connection) =>
      metadataV12.api.async(connection, [], false, false),
    );
    const advertised = brokers
      .map(({ nodeId, host, port }) => ({ id: nodeId, host, port }))
      .sort((a, b) => a.id - b.id);
    const list = advertised.map((one) => `${one.id} at ${where(one)}`).join(", ");
    return {
      detail: `cluster ${clusterId ?? "without id"}, ${advertised.length === 1 ? "one broker" : `${advertised.length} brokers`}: ${list}`,
      made: advertised,
    };
  } catch (error) {
    throw unexpected(error, "the metadata", address);
  }
}

function unexpected(error: unknown, what: string, address: Address): unknown {
  const problem = kafkaProblem(error, { what, broker: where(address) });
  return problem instanceof ProblemError
    ? new BrokenLink(problem.message, "Look at the broker's log: it says why it hung up.", { cause: error })
    : problem;
}
