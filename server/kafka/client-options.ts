import type { ConnectionOptions as TlsOptions } from "node:tls";
import type { ConnectionOptions } from "@platformatic/kafka";
import type { KafkaConfig } from "kafkajs";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { kafkajsAddresses } from "./kafkajs-addresses.ts";

/** TCP, TLS and SASL together: how long a broker may take to let us in. */
const CONNECT_TIMEOUT_MS = 4_000;
/** A connection whose broker leaves a request this long unanswered is thrown away; callers gave up long before. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How many requests wait on one connection at a time; the broker answers them in turn. */
const MAX_IN_FLIGHT = 20;

/** The same TLS for both clients; undefined: plaintext. `servername` is left to each client, which knows the host. */
export function tlsOptions({ tls }: Pick<ClusterSettings, "tls">): TlsOptions | undefined {
  if (tls === null) return undefined;
  return {
    ...(tls.ca !== null && { ca: tls.ca }),
    ...(tls.certificate !== null && { cert: tls.certificate }),
    ...(tls.key !== null && { key: tls.key }),
    ...(tls.keyPassphrase !== null && { passphrase: tls.keyPassphrase }),
    ...(!tls.verifyHostname && { checkServerIdentity: () => undefined }),
  };
}

export function platformaticOptions(settings: ClusterSettings): ConnectionOptions {
  const tls = tlsOptions(settings);
  return {
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    maxInflights: MAX_IN_FLIGHT,
    ...(tls && { tls }),
    ...(settings.sasl && { sasl: { ...settings.sasl } }),
  };
}

/** The same settings for kafkajs; producers made from it must pass `allowAutoTopicCreation: false`. */
export function kafkajsOptions(settings: ClusterSettings): KafkaConfig {
  const tls = tlsOptions(settings);
  return {
    clientId: settings.clientId,
    ...kafkajsAddresses(settings.bootstrapServers),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    authenticationTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    enforceRequestTimeout: true,
    // Each failure already tries the next broker; more only hides the first cause behind the deadline.
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    ...(tls && { ssl: tls }),
    ...(settings.sasl && { sasl: kafkajsSasl(settings.sasl) }),
  };
}

function kafkajsSasl({ mechanism, username, password }: NonNullable<ClusterSettings["sasl"]>) {
  if (mechanism === "PLAIN") return { mechanism: "plain" as const, username, password };
  if (mechanism === "SCRAM-SHA-256") return { mechanism: "scram-sha-256" as const, username, password };
  return { mechanism: "scram-sha-512" as const, username, password };
}
