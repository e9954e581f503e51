/**
 * The connections to one cluster, for both clients, opened when first needed, kept, and opened anew after a failure.
 *
 * Which client each operation uses, and why (figures in docs/adr):
 *
 * | operation                                                | client                | why |
 * |----------------------------------------------------------|-----------------------|-----|
 * | does the cluster answer (list of clusters)               | kafkajs               | it is the admin client wherever it can do the work well |
 * | produce, consume, transactions (the sample workload)     | kafkajs               | all codecs, transactions, ordinary group consumption; never with auto-creation |
 * | groups, their members and commits, their coordinators    | pf, raw requests      | kafkajs describes groups of the new types as dead, and reads commits one group at a time |
 * | metadata of all topics, offsets of all partitions        | pf, raw requests      | kafkajs fails whole on one unknown topic, and races and takes 30 s for the offsets of 2,000 topics |
 * | log dirs, configs with types and documentation, quorum   | pf, raw requests      | kafkajs lacks them |
 * | create a topic                                           | pf, raw request       | kafkajs loses the broker's reason and what it made |
 * | produce one message                                      | pf, raw request       | kafkajs fails on a header without a value, reorders headers, and loses the broker's reason |
 * | reading records (Fetch)                                  | pf, raw requests on connections of their own (exclusive-connection.ts) | kafkajs joins a group; a long poll holds up all that waits behind it |
 * | connection doctor                                        | pf, one connection by itself | each link of the chain is looked at separately |
 *
 * "pf" is @platformatic/kafka. Raw requests take the newest version that both sides know (broker-request.ts).
 */
import { apiVersionsV3, type Connection, ConnectionPool, metadataV12 } from "@platformatic/kafka";
import type { Admin as KafkajsAdmin } from "kafkajs";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { kafkajsOptions, platformaticOptions } from "./client-options.ts";
import { abortProblem, withDeadline } from "./deadline.ts";
import { parseHostPort, where } from "./host-port.ts";
import { AddressFailure, type Asking, kafkaProblem } from "./kafka-problem.ts";
import { calmKafkajs } from "./kafkajs-idle.ts";

/** How long one request may take unless the caller says otherwise. */
const DEFAULT_DEADLINE_MS = 5_000;
/** The next candidate is tried when the one before hasn't connected after this long. */
const STAGGER_MS = 150;

export interface BrokerAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** One question to Kafka. */
export interface Question extends Asking {
  /** Default 5 s, connecting included. */
  readonly deadlineMs?: number;
  /** From then on the connection is asked last by others, until it answers. Default: the deadline. */
  readonly suspectAfterMs?: number;
  /**
   * A broker answers the requests of one connection in turn. Those that keep it busy for long (all log dirs, many configs) go over
   * a second connection, so that nothing quick waits behind them.
   */
  readonly lane?: "bulk";
}

export class ClusterConnections {
  readonly settings: ClusterSettings;
  #quick: ConnectionPool | null = null;
  #bulk: ConnectionPool | null = null;
  /** Connected, or connecting. */
  #kafkajsAdmin: Promise<KafkajsAdmin> | null = null;
  #closed = false;
  /** By id, as the last metadata said; brokers that left stay until then. */
  #brokers = new Map<number, BrokerAddress>();
  /** Connections whose last request ran out of time: asked last, until they answer again. */
  readonly #suspects = new WeakSet<Connection>();
  readonly #versions = new WeakMap<Connection, Promise<ReadonlyMap<number, VersionRange>>>();

  constructor(settings: ClusterSettings) {
    this.settings = settings;
  }

  /**
   * Asks by kafkajs' admin, which is kept connected between questions and thrown away when one fails.
   * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled, or what `kafkaProblem` makes of the error
   */
  async askKafkajs<T>(question: Question, signal: AbortSignal, fn: (admin: KafkajsAdmin) => Promise<T>): Promise<T> {
    const connecting = this.#connectKafkajs();
    try {
      return await withDeadline(signal, question.deadlineMs ?? DEFAULT_DEADLINE_MS, question.what, async () =>
        fn(await connecting),
      );
    } catch (error) {
      // A viewer who leaves says nothing about the connection, which others may be using.
      if (!signal.aborted) this.#dropKafkajs(connecting);
      throw kafkaProblem(error, question);
    }
  }

  #connectKafkajs(): Promise<KafkajsAdmin> {
    this.#assertOpen();
    if (this.#kafkajsAdmin === null) {
      const connecting = connectKafkajs(this.settings);
      this.#kafkajsAdmin = connecting;
      // Also when nobody waits for it any more.
      connecting.catch(() => this.#dropKafkajs(connecting));
    }
    return this.#kafkajsAdmin;
  }

  #dropKafkajs(connecting: Promise<KafkajsAdmin>): void {
    if (this.#kafkajsAdmin === connecting) this.#kafkajsAdmin = null;
    disconnectLater(connecting);
  }

  /**
   * Asks one broker by raw requests. Connecting counts in the deadline.
   * @throws {ProblemError} broker-unreachable, deadline-exceeded, cancelled, or what `kafkaProblem` makes of the error
   */
  async askBroker<T>(
    id: number,
    question: Question,
    signal: AbortSignal,
    fn: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const broker = this.nameOf(id);
    return this.#ask(() => this.broker(id, signal, question.lane), { broker, ...question }, signal, fn);
  }

  /**
   * Asks whichever broker answers first, preferring connections that are open.
   * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled, or what `kafkaProblem` makes of the error
   */
  async askAnyBroker<T>(
    question: Question,
    signal: AbortSignal,
    fn: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#ask(() => this.anyBroker(signal), question, signal, fn);
  }

  async #ask<T>(
    connect: () => Promise<Connection>,
    question: Question,
    signal: AbortSignal,
    fn: (connection: Connection, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    let used: Connection | null = null;
    const suspect = () => {
      if (used !== null) this.#suspects.add(used);
    };
    const late = question.suspectAfterMs === undefined ? undefined : setTimeout(suspect, question.suspectAfterMs);
    const what = question.broker ? `${question.what} from ${question.broker}` : question.what;
    try {
      return await withDeadline(signal, question.deadlineMs ?? DEFAULT_DEADLINE_MS, what, async (inner) => {
        const connection = await connect();
        used = connection;
        const answered = await fn(connection, inner);
        // Also when nobody waits for it any more.
        this.#suspects.delete(connection);
        return answered;
      });
    } catch (error) {
      const problem = kafkaProblem(error, question);
      if (problem instanceof ProblemError && problem.code === "deadline-exceeded") suspect();
      throw problem;
    } finally {
      clearTimeout(late);
    }
  }

  /** "broker 2 (kafka-2:9092)", or "broker 2" while its address is unknown. */
  nameOf(id: number): string {
    const address = this.#brokers.get(id);
    return address ? `broker ${id} (${where(address)})` : `broker ${id}`;
  }

  /** The ids of the brokers that the last metadata told; none before the first. */
  knownBrokers(): number[] {
    return [...this.#brokers.keys()];
  }

  /** Keeps the brokers' addresses as a metadata response told them. */
  learnBrokers(brokers: readonly { nodeId: number; host: string; port: number }[]): void {
    this.#brokers = new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { id: nodeId, host, port }]));
  }

  /**
   * An open connection to one broker. No deadline of its own beyond connecting: use `askBroker`.
   * @throws {ProblemError} broker-unreachable when metadata doesn't list it; otherwise the client's own error
   */
  async broker(id: number, signal: AbortSignal, lane?: "bulk"): Promise<Connection> {
    const address = await this.address(id, signal);
    try {
      return await this.#pool(lane).get({ host: address.host, port: address.port });
    } catch (error) {
      this.forgetAddress(id);
      throw error;
    }
  }

  /** Where a broker listens. @throws {ProblemError} broker-unreachable when metadata doesn't list it */
  async address(id: number, signal: AbortSignal): Promise<BrokerAddress> {
    this.#assertOpen();
    if (!this.#brokers.has(id)) await this.#readBrokers(signal);
    const address = this.#brokers.get(id);
    if (address !== undefined) return address;
    throw new ProblemError(
      "broker-unreachable",
      `Broker ${id} is not in the cluster's metadata: it is down, or fenced by the controller. Start it, or look at its log.`,
    );
  }

  /** It could not be reached there and may have moved: the next one to ask reads the metadata again. */
  forgetAddress(id: number): void {
    this.#brokers.delete(id);
  }

  /** An open connection to any broker: one that is open, else the first that lets us in, known brokers and bootstrap alike. */
  async anyBroker(signal: AbortSignal): Promise<Connection> {
    const open = [...this.#pool()].map(([, connection]) => connection).filter((one) => one.isConnected());
    const healthy = open.find((one) => !this.#suspects.has(one));
    if (healthy) return healthy;
    const tried = new Set(open.map((one) => `${one.host}:${one.port}`));
    const known = [...this.#brokers.values()].map(({ host, port }) => ({ host, port }));
    const candidates = new Map(
      [...known, ...this.settings.bootstrapServers.map(parseHostPort)].map((one) => [`${one.host}:${one.port}`, one]),
    );
    const untried = [...candidates].filter(([key]) => !tried.has(key)).map(([, address]) => address);
    if (untried.length === 0 && open[0]) return open[0];
    return firstConnected(this.#pool(), untried, signal).catch((error: unknown) => {
      if (open[0]) return open[0];
      throw error;
    });
  }

  /** Which versions of each request (by API key) the broker behind `connection` knows. */
  versions(connection: Connection): Promise<ReadonlyMap<number, VersionRange>> {
    const known = this.#versions.get(connection);
    if (known) return known;
    const asked = apiVersionsV3.api
      .async(connection, "tailrace", "1")
      .then(({ apiKeys }) => new Map(apiKeys.map((one) => [one.apiKey, { min: one.minVersion, max: one.maxVersion }])));
    this.#versions.set(connection, asked);
    asked.catch(() => this.#versions.delete(connection));
    return asked;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#kafkajsAdmin !== null) disconnectLater(this.#kafkajsAdmin);
    await Promise.all([this.#quick?.close(), this.#bulk?.close()]);
  }

  #pool(lane?: "bulk"): ConnectionPool {
    this.#assertOpen();
    if (lane === "bulk") {
      this.#bulk ??= openPool(this.settings);
      return this.#bulk;
    }
    this.#quick ??= openPool(this.settings);
    return this.#quick;
  }

  #assertOpen(): void {
    if (this.#closed) throw new ProblemError("shutting-down", "Tailrace is shutting down. Try again in a moment.");
  }

  async #readBrokers(signal: AbortSignal): Promise<void> {
    const { brokers } = await metadataV12.api.async(await this.anyBroker(signal), [], false, false);
    this.learnBrokers(brokers);
  }
}

function openPool(settings: ClusterSettings): ConnectionPool {
  const pool = new ConnectionPool(settings.clientId, platformaticOptions(settings));
  // A second error on one connection would otherwise have no listener, and end the process.
  pool.on("connecting", ({ connection }) => connection.on("error", () => {}));
  return pool;
}

/** Loaded when first used: an idle server is smaller without it. */
async function connectKafkajs(settings: ClusterSettings): Promise<KafkajsAdmin> {
  const { Kafka, logLevel } = await import("kafkajs");
  calmKafkajs();
  const admin = new Kafka({ ...kafkajsOptions(settings), logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    admin.disconnect().catch(() => {});
    throw error;
  }
}

/** kafkajs' disconnect waits for requests that may never be answered: nobody waits for it. */
function disconnectLater(connecting: Promise<KafkajsAdmin>): void {
  connecting.then((admin) => admin.disconnect()).catch(() => {});
}

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** Connects to the addresses in turn, the next one when the one before fails or lets us wait, and takes the first that succeeds. */
async function firstConnected(
  pool: ConnectionPool,
  addresses: readonly { host: string; port: number }[],
  signal: AbortSignal,
): Promise<Connection> {
  let before: Promise<unknown> = Promise.resolve();
  let connected = false;
  const attempts = addresses.map((address, index) => {
    const attempt = (index === 0 ? before : failedOrWaited(before, STAGGER_MS)).then(async () => {
      if (signal.aborted) throw abortProblem(signal);
      if (connected) throw new Error("Not tried: another broker answered first.");
      const connection = await pool.get(address).catch((error: unknown) => {
        throw new AddressFailure(where(address), error);
      });
      connected = true;
      return connection;
    });
    before = attempt;
    return attempt;
  });
  return Promise.any(attempts);
}

/** Resolves when `before` fails, or has taken `ms`; and, with nothing left to try, when it succeeds. */
function failedOrWaited(before: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const go = () => {
      clearTimeout(timer);
      resolve();
    };
    before.then(go, go);
  });
}
