import { join } from "node:path";

/** Where one node listens, all on 127.0.0.1. */
export interface NodePorts {
  readonly client: number;
  readonly controller: number;
  /** SASL_SSL, of a secure cluster only. */
  readonly secure: number | null;
  /** Plaintext, but broker 2 advertises it under a name that nobody can resolve; of a secure cluster only. */
  readonly misadvertised: number | null;
}

/** The broker whose third listener is advertised wrongly, and the name (reserved never to exist, RFC 6761). */
const MISADVERTISING_BROKER = 2;
const NO_SUCH_HOST = "kafka-2.invalid";

export interface NodeConfig {
  readonly id: number;
  readonly rack: string;
  readonly ports: NodePorts;
  /** This node's own folder. */
  readonly dir: string;
}

/** What a secure cluster's nodes need besides. */
export interface SecurityConfig {
  /** PKCS #12, the broker's key and chain. */
  readonly keystore: string;
  readonly keystorePassword: string;
  /** The same users for SCRAM (made by StorageTool) and PLAIN. */
  readonly users: Readonly<Record<string, string>>;
}

/**
 * A broker that is its own controller, small enough to run thrice on a laptop. All listeners are on loopback.
 *
 * @see https://kafka.apache.org/documentation/#brokerconfigs
 */
export function serverProperties(
  node: NodeConfig,
  all: readonly NodeConfig[],
  security: SecurityConfig | null,
): string {
  const at = (port: number) => `127.0.0.1:${port}`;
  const { client, secure, misadvertised, controller } = node.ports;
  const clientListeners = [
    `PLAINTEXT://${at(client)}`,
    ...(secure === null ? [] : [`SASL_SSL://${at(secure)}`]),
    ...(misadvertised === null ? [] : [`MISADVERTISED://${at(misadvertised)}`]),
  ].join(",");
  const properties: Record<string, string | number | boolean> = {
    "process.roles": "broker,controller",
    "node.id": node.id,
    "broker.rack": node.rack,
    "controller.quorum.voters": all.map(({ id, ports }) => `${id}@${at(ports.controller)}`).join(","),
    listeners: `${clientListeners},CONTROLLER://${at(controller)}`,
    "advertised.listeners":
      node.id === MISADVERTISING_BROKER
        ? clientListeners.replace(/(MISADVERTISED:\/\/)[^:]+/, `$1${NO_SUCH_HOST}`)
        : clientListeners,
    "listener.security.protocol.map":
      "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,MISADVERTISED:PLAINTEXT",
    "inter.broker.listener.name": "PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "log.dirs": join(node.dir, "data"),

    "default.replication.factor": 3,
    "min.insync.replicas": 2,
    "num.partitions": 3,
    // A dashboard that reads a topic that is not there must not make it.
    "auto.create.topics.enable": false,
    "offsets.topic.replication.factor": 3,
    "offsets.topic.num.partitions": 3,
    "offsets.topic.segment.bytes": 4 * 1024 * 1024,
    "transaction.state.log.replication.factor": 3,
    "transaction.state.log.min.isr": 2,
    "transaction.state.log.num.partitions": 3,
    "transaction.state.log.segment.bytes": 4 * 1024 * 1024,
    "share.coordinator.state.topic.replication.factor": 3,
    "share.coordinator.state.topic.min.isr": 2,
    "share.coordinator.state.topic.num.partitions": 3,
    "share.coordinator.state.topic.segment.bytes": 4 * 1024 * 1024,
    "group.initial.rebalance.delay.ms": 0,

    // A broker that crashed is missed, and may come back, after 4 s instead of 9; less fences healthy ones on two busy cores.
    "broker.session.timeout.ms": 4_000,
    "broker.heartbeat.interval.ms": 500,
    "replica.lag.time.max.ms": 10_000,

    "num.network.threads": 2,
    "num.io.threads": 4,
    "num.replica.fetchers": 1,
    "background.threads": 2,
    "num.recovery.threads.per.data.dir": 1,
    "log.cleaner.threads": 1,
    "log.cleaner.dedupe.buffer.size": 8 * 1024 * 1024,
    "log.cleaner.backoff.ms": 5_000,
    "log.retention.check.interval.ms": 30_000,
    "log.segment.delete.delay.ms": 5_000,
    "metadata.log.max.snapshot.interval.ms": 3_600_000,
  };
  if (security) Object.assign(properties, securityProperties(security));
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeValue(String(value))}\n`)
    .join("");
}

function securityProperties({ keystore, keystorePassword, users }: SecurityConfig): Record<string, string> {
  const jaas = (loginModule: string, options: string) =>
    `org.apache.kafka.common.security.${loginModule} required ${options};`;
  const plainUsers = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  return {
    "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
    "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": jaas("scram.ScramLoginModule", ""),
    "listener.name.sasl_ssl.plain.sasl.jaas.config": jaas("plain.PlainLoginModule", plainUsers.join(" ")),
    "listener.name.sasl_ssl.ssl.keystore.type": "PKCS12",
    "listener.name.sasl_ssl.ssl.keystore.location": keystore,
    "listener.name.sasl_ssl.ssl.keystore.password": keystorePassword,
    "listener.name.sasl_ssl.ssl.key.password": keystorePassword,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    // Clients of the plaintext listener, the brokers among them, are ANONYMOUS.
    "super.users": "User:ANONYMOUS;User:admin",
  };
}

/** In a Java properties file a backslash escapes (Windows paths). */
function escapeValue(value: string): string {
  return value.replaceAll("\\", "\\\\");
}
