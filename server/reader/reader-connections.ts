import { ProblemError } from "#lib/problem.ts";
import { SharedRead } from "../clusters/shared-read.ts";
import { askBroker } from "../kafka/broker-request.ts";
import type { ClusterConnections } from "../kafka/connections.ts";
import { ExclusiveConnection } from "../kafka/exclusive-connection.ts";
import { fetchRequest } from "../kafka/fetch.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";
import { findTopic } from "../topics/find-topic.ts";
import { ReadAhead } from "./read-ahead.ts";
import { TopicWatch, type Watched } from "./topic-watch.ts";

/** Of all readers of one cluster together: a thousand viewers who read for themselves, on three brokers. */
const MAX_LEASED = 3_000;
/** Kept open for each broker, for the next reader or page. */
const MAX_IDLE = 4;
const IDLE_MS = 30_000;
const GOODBYE_DEADLINE_MS = 2_000;
const FINAL_EPOCH = -1;
/** A page of messages asks for its topic once for each partition. */
const TOPIC_MAX_AGE_MS = 1_000;
const MAX_TOPICS = 200;

interface Idle {
  readonly connection: ExclusiveConnection;
  readonly timer: NodeJS.Timeout;
}

/**
 * What the readers of one cluster share: connections that one reader at a time has for itself, the watch over topics, and
 * a budget of memory.
 * Holds nothing while nobody reads, but for a few idle connections for half a minute.
 */
export class ReaderConnections {
  readonly kafka: ClusterConnections;
  readonly readAhead = new ReadAhead();
  readonly #idle = new Map<number, Idle[]>();
  readonly #leased = new Set<ExclusiveConnection>();
  readonly #watches = new Map<string, TopicWatch>();
  readonly #closing = new AbortController();
  /** In the order they were first asked for. */
  readonly #topics = new Map<string, SharedRead<MetadataTopic>>();
  #opening = 0;

  constructor(kafka: ClusterConnections) {
    this.kafka = kafka;
  }

  /** Connections that somebody reads over just now. */
  get leased(): number {
    return this.#leased.size;
  }

  /**
   * A connection to a broker, for the caller alone until it is given back by `release`.
   * @throws {ProblemError} broker-unreachable, kafka-login-failed, too-many-tails, shutting-down, cancelled
   */
  async lease(brokerId: number, signal: AbortSignal): Promise<ExclusiveConnection> {
    if (this.#closing.signal.aborted) throw shuttingDown();
    const idle = this.#takeIdle(brokerId);
    if (idle !== null) {
      this.#leased.add(idle);
      return idle;
    }
    if (this.#leased.size + this.#opening >= MAX_LEASED) {
      throw new ProblemError(
        "too-many-tails",
        `${MAX_LEASED.toLocaleString("en")} connections read from this cluster already. Close tails that nobody looks at.`,
      );
    }
    this.#opening++;
    try {
      const opened = await ExclusiveConnection.open(
        this.kafka,
        brokerId,
        AbortSignal.any([signal, this.#closing.signal]),
      );
      this.#leased.add(opened);
      return opened;
    } finally {
      this.#opening--;
    }
  }

  /** Gives a connection back, which must always be done; one that a request failed on has destroyed itself. */
  release(connection: ExclusiveConnection): void {
    if (!this.#leased.delete(connection)) return;
    const idle = this.#idle.get(connection.brokerId) ?? [];
    if (!connection.isOpen || idle.length >= MAX_IDLE || this.#closing.signal.aborted) {
      connection.destroy();
      return;
    }
    const timer = setTimeout(() => this.#dropIdle(connection), IDLE_MS);
    // It should not be what keeps a process alive.
    timer.unref();
    idle.push({ connection, timer });
    this.#idle.set(connection.brokerId, idle);
  }

  /** Topics and leaders as they change, asked for once for all who watch the same. */
  watch(watched: Watched): TopicWatch {
    const key = watched === null ? "*" : [...watched].sort().join(",");
    const known = this.#watches.get(key);
    if (known) return known;
    const watch = new TopicWatch(this.kafka, watched, () => this.#watches.delete(key));
    this.#watches.set(key, watch);
    return watch;
  }

  /**
   * A topic with its leaders, at most 1 s old.
   * @throws {ProblemError} topic-not-found, kafka-forbidden, cluster-unreachable, deadline-exceeded, cancelled
   */
  async topic(name: string, signal: AbortSignal): Promise<MetadataTopic> {
    let shared = this.#topics.get(name);
    if (shared === undefined) {
      shared = new SharedRead((inner) => findTopic({ kafka: this.kafka, signal: inner }, name), TOPIC_MAX_AGE_MS);
      this.#topics.set(name, shared);
      const [oldest] = this.#topics.keys();
      if (this.#topics.size > MAX_TOPICS && oldest !== undefined) this.#topics.delete(oldest);
    }
    return (await shared.get(signal)).value;
  }

  /** It is no longer as it was: whoever asks next is told anew. */
  forgetTopic(name: string): void {
    this.#topics.delete(name);
  }

  /**
   * Tells a broker that a fetch session is over, which otherwise would take one of its 1,000 places for two minutes.
   * Nobody waits for it, and it may fail.
   */
  endSession(brokerId: number, sessionId: number): void {
    const input = {
      maxWaitMs: 0,
      maxBytes: 0,
      committed: false,
      sessionId,
      sessionEpoch: FINAL_EPOCH,
      topics: [],
      forgotten: [],
    };
    const question = { what: "the end of a fetch session", deadlineMs: GOODBYE_DEADLINE_MS };
    askBroker(this.kafka, brokerId, fetchRequest, input, question, this.#closing.signal).catch(() => {});
  }

  /** Ends what is under way: no socket and no timer is left. */
  close(): void {
    this.#closing.abort(shuttingDown());
    for (const connection of this.#leased) connection.destroy();
    this.#leased.clear();
    for (const idle of this.#idle.values()) {
      for (const { connection, timer } of idle) {
        clearTimeout(timer);
        connection.destroy();
      }
    }
    this.#idle.clear();
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
  }

  #takeIdle(brokerId: number): ExclusiveConnection | null {
    const idle = this.#idle.get(brokerId) ?? [];
    for (let one = idle.pop(); one !== undefined; one = idle.pop()) {
      clearTimeout(one.timer);
      if (one.connection.isOpen) return one.connection;
      one.connection.destroy();
    }
    return null;
  }

  #dropIdle(connection: ExclusiveConnection): void {
    const idle = this.#idle.get(connection.brokerId) ?? [];
    const at = idle.findIndex((one) => one.connection === connection);
    if (at !== -1) idle.splice(at, 1);
    connection.destroy();
  }
}

function shuttingDown(): ProblemError {
  return new ProblemError("shutting-down", "Tailrace is shutting down. Try again in a moment.");
}
