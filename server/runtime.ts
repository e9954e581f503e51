import type { ChangeLog } from "./changes/change-log.ts";
import type { ClusterState } from "./clusters/cluster-state.ts";
import { HISTORY_BUDGET_BYTES } from "./groups/observer/group-histories.ts";
import type { ClusterConnections } from "./kafka/connections.ts";
import { logger } from "./logger.ts";
import { OpenRequests } from "./open-requests.ts";
import { DecoderPool } from "./reader/decoder-pool.ts";
import type { ReaderConnections } from "./reader/reader-connections.ts";
import { Verifier } from "./segments/verify/verifier.ts";
import type { ClusterSettings } from "./settings/cluster-settings.ts";
import { loadSettings, type Settings } from "./settings.ts";
import type { Tails } from "./tail/tails.ts";

/** What this server holds for one cluster: connections, and what it remembers between requests. */
export interface ClusterRuntime {
  readonly settings: ClusterSettings;
  readonly kafka: ClusterConnections;
  readonly reading: ReaderConnections;
  /** The whole server's. */
  readonly decoders: DecoderPool;
  /** The whole server's. */
  readonly tails: Tails;
  /** The whole server's: one verification at a time. */
  readonly verifier: Verifier;
  readonly state: ClusterState;
  readonly changes: ChangeLog;
}

/** How long a shutdown waits for the requests that are being answered. */
const GRACE_MS = 1_500;
/** The server answers before it observes. */
const OBSERVE_AFTER_MS = 2_000;

/** All that lives as long as the process. Nothing in it matters after a restart. */
export class Runtime {
  readonly settings: Settings;
  readonly startedAtMs = Date.now();
  readonly openRequests = new OpenRequests();
  /** No thread runs before something is decoded. */
  readonly decoders = new DecoderPool();
  /** The same: one thread for each verification, which ends with it. */
  readonly verifier = new Verifier();
  #tails: Tails | null = null;
  readonly #clusters = new Map<string, Promise<ClusterRuntime>>();
  #observing: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** From now on the groups of every configured cluster are sampled, whether somebody looks or not. */
  observe(): void {
    if (this.#closed) return;
    this.#observing ??= setTimeout(() => {
      for (const { name } of this.settings.clusters) {
        this.#startObserving(name).catch((error: unknown) =>
          logger.error({ err: error, cluster: name }, "not observed"),
        );
      }
    }, OBSERVE_AFTER_MS).unref();
  }

  async #startObserving(name: string): Promise<void> {
    const cluster = await this.cluster(name);
    if (cluster !== null && !this.#closed) cluster.state.groupObserver.start(cluster);
  }

  /** A configured cluster by its name in URLs, made when first asked for; null when the settings hold none. */
  async cluster(name: string): Promise<ClusterRuntime | null> {
    const settings = this.settings.clusters.find((one) => one.name === name);
    if (settings === undefined) return null;
    const made = this.#clusters.get(name) ?? this.#makeCluster(settings);
    this.#clusters.set(name, made);
    return made;
  }

  /** The Kafka clients are loaded here: a server that nobody asks starts at once and stays small. */
  async #makeCluster(settings: ClusterSettings): Promise<ClusterRuntime> {
    const [{ ChangeLog }, { ClusterState }, { ClusterConnections }, { ReaderConnections }, { Tails }] =
      await Promise.all([
        import("./changes/change-log.ts"),
        import("./clusters/cluster-state.ts"),
        import("./kafka/connections.ts"),
        import("./reader/reader-connections.ts"),
        import("./tail/tails.ts"),
      ]);
    this.#tails ??= new Tails();
    const kafka = new ClusterConnections(settings);
    const reading = new ReaderConnections(kafka);
    const { decoders, verifier } = this;
    const changes = new ChangeLog({ cluster: settings, kafka, reading, decoders });
    return {
      settings,
      kafka,
      reading,
      decoders,
      tails: this.#tails,
      verifier,
      state: new ClusterState(kafka, HISTORY_BUDGET_BYTES / this.settings.clusters.length),
      changes,
    };
  }

  /** Takes no more requests, lets those being answered finish for a moment, ends the rest, closes every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#observing !== null) clearTimeout(this.#observing);
    await this.openRequests.close(GRACE_MS);
    const made = await Promise.all(this.#clusters.values());
    this.#tails?.close();
    await Promise.all(made.map(({ changes }) => changes.close()));
    for (const { state, reading } of made) {
      reading.close();
      state.close();
    }
    await Promise.allSettled([this.decoders.close(), this.verifier.close(), ...made.map(({ kafka }) => kafka.close())]);
  }
}

const key = Symbol.for("tailrace.runtime");
const holder = globalThis as typeof globalThis & { [key]?: Runtime };

/**
 * The one runtime of this process. It hangs on globalThis because Next evaluates this module once for the routes, once
 * for the pages and once for instrumentation.
 * @throws {SettingsError} when the settings are wrong, which instrumentation-node.ts has found out at start
 */
export function runtime(): Runtime {
  holder[key] ??= new Runtime(loadSettings(process.env));
  return holder[key];
}
