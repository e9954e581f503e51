import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type BrokerProcessState, LocalBroker } from "./broker.ts";
import { makeCertificates } from "./certificates.ts";
import { planNodes, prepareNodes } from "./cluster-files.ts";
import { waitForHealth } from "./cluster-health.ts";
import { type ControlAddress, startControlServer } from "./control-server.ts";
import type { SecurityConfig } from "./node-config.ts";
import type { KafkaRuntime } from "./tools.ts";

interface LocalKafkaOptions {
  readonly runtime: KafkaRuntime;
  /** The cluster's own folder: data is kept there between starts. */
  readonly dir: string;
  /** Client ports to take if they are free and the folder remembers none. */
  readonly preferredPorts?: readonly number[];
  /** Adds a SASL_SSL listener (SCRAM-SHA-512 and PLAIN) and the authorizer. */
  readonly secure?: boolean;
  /** Removes the folder at the end. */
  readonly temporary?: boolean;
  /** Told the pids of the brokers that run now, at each change: for a watchdog. */
  readonly onPids?: (pids: readonly number[]) => void;
  readonly signal?: AbortSignal;
}

/** How clients reach the secure listener. */
export interface SecureAccess {
  readonly bootstrap: readonly string[];
  /** Plaintext listeners, of which broker 2's is advertised under a name that nobody can resolve. */
  readonly misadvertised: readonly string[];
  /** PEM file to trust. */
  readonly caFile: string;
  /** Password by user name; `admin` may do everything, `viewer` nothing until it is granted. */
  readonly users: Readonly<Record<string, string>>;
}

/** A local cluster of three brokers that are their own controllers. */
export interface LocalKafka {
  /** `host:port` of each broker's plaintext listener. */
  readonly bootstrap: readonly string[];
  readonly brokers: readonly { id: number; port: number; rack: string; logDir: string; process: BrokerProcessState }[];
  readonly secure: SecureAccess | null;
  readonly control: ControlAddress;
  /** Resolves when the broker's process has ended, having handed its leaders over. */
  stopBroker(id: number): Promise<void>;
  /** Resolves when the broker is in the metadata again; `waitHealthy` waits for its replicas too. */
  startBroker(id: number): Promise<void>;
  /** All brokers up and every partition's replicas in sync. */
  waitHealthy(options?: { signal?: AbortSignal }): Promise<void>;
  /** Ends everything, within `CLOSE_GRACE_MS` and a moment. */
  close(): Promise<void>;
}

const HEALTHY_TIMEOUT_MS = 60_000;
/** Brokers that stop all at once wait for a controller that has gone: what is not down by then is killed. Their data survives that. */
const CLOSE_GRACE_MS = 2_000;
/** By then a broker has loaded what a start loads. */
const ARCHIVE_AFTER_MS = 12_000;
const KEYSTORE_PASSWORD = "tailrace-local";

/**
 * Boots three real brokers (KRaft, static quorum) on loopback and waits until all are in sync.
 * Ends brokers that an earlier launcher left on this folder. None of the processes is detached.
 *
 * @throws Error with the end of the broker's log, when one does not come up; everything is stopped then.
 */
export async function startLocalKafka(options: LocalKafkaOptions): Promise<LocalKafka> {
  const { runtime, dir, secure = false, preferredPorts = [], signal } = options;
  const { clusterId, nodes } = await planNodes(dir, { preferredPorts, secure });
  const users = secure ? { admin: "admin-secret", viewer: "viewer-secret" } : {};
  const certificates = secure
    ? await makeCertificates(runtime.java, join(dir, "certificates"), KEYSTORE_PASSWORD)
    : null;
  const security: SecurityConfig | null = certificates && {
    keystore: certificates.keystore,
    keystorePassword: KEYSTORE_PASSWORD,
    users,
  };

  const brokers = nodes.map((node) => new LocalBroker(node, runtime, reportPids));
  function reportPids() {
    options.onPids?.(brokers.flatMap(({ pid }) => (pid === null ? [] : [pid])));
  }
  const byId = (id: number) => {
    const found = brokers.find(({ node }) => node.id === id);
    if (!found) throw new RangeError(`There is no broker ${id}; there are ${nodes.map((node) => node.id).join(", ")}.`);
    return found;
  };
  const ending = new AbortController();
  const waitHealthy = ({ signal: until = ending.signal }: { signal?: AbortSignal } = {}) =>
    waitForHealth(
      nodes.map(({ ports }) => ports.client),
      "all brokers and replicas",
      ({ brokerIds, unhealthyPartitions }) => brokerIds.length === nodes.length && unhealthyPartitions === 0,
      { timeoutMs: HEALTHY_TIMEOUT_MS, signal: until },
    );
  const control = await startControlServer({
    list: () => brokers.map(({ node, state }) => ({ id: node.id, process: state })),
    set(id, state) {
      const broker = byId(id);
      // A failure shows as the state "stopped", and in the broker's log.
      void (state === "running" ? broker.start() : broker.stop()).catch(() => {});
      if (state === "running") return broker.state === "running" ? "running" : "starting";
      return broker.state === "stopped" ? "stopped" : "stopping";
    },
  });
  let archiving: Promise<void> = Promise.resolve();
  const close = async () => {
    ending.abort(new Error("The local Kafka is being stopped."));
    control.close();
    await Promise.all(brokers.map((broker) => broker.close(CLOSE_GRACE_MS)));
    await archiving;
    if (options.temporary) rmSync(dir, { recursive: true, force: true });
  };

  const until = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  try {
    await Promise.all(brokers.map((broker) => broker.reap()));
    until.throwIfAborted();
    await prepareNodes(runtime, clusterId, nodes, security, until);
    const classList = join(dir, "loaded-classes.txt");
    const recordFlags = runtime.archive.exists ? [] : runtime.archive.recordFlags(classList);
    await Promise.all(brokers.map((broker, index) => broker.start(index === 0 ? recordFlags : [], until)));
    await waitHealthy({ signal: until });
    if (recordFlags.length > 0) {
      archiving = delay(ARCHIVE_AFTER_MS, null, { signal: ending.signal })
        .then(() => runtime.archive.create(classList, ending.signal))
        // Only starts get slower without it, and the next one tries again.
        .catch(() => {});
    }
  } catch (error) {
    await close();
    throw error;
  }

  const addresses = (ports: readonly (number | null)[]) => ports.map((port) => `127.0.0.1:${port}`);
  return {
    bootstrap: addresses(nodes.map(({ ports }) => ports.client)),
    get brokers() {
      return brokers.map(({ node, state }) => ({
        id: node.id,
        port: node.ports.client,
        rack: node.rack,
        logDir: join(node.dir, "data"),
        process: state,
      }));
    },
    secure: certificates && {
      bootstrap: addresses(nodes.map(({ ports }) => ports.secure)),
      misadvertised: addresses(nodes.map(({ ports }) => ports.misadvertised)),
      caFile: certificates.caFile,
      users,
    },
    control: { url: control.url, token: control.token },
    stopBroker: (id) => byId(id).stop(),
    startBroker: (id) => byId(id).start(),
    waitHealthy,
    close,
  };
}
