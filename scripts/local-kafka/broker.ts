import { join } from "node:path";
import { type Child, logTail, startChild } from "../processes/child.ts";
import { reapFromPidFile, writePidFile } from "../processes/pid-file.ts";
import { waitForHealth } from "./cluster-health.ts";
import { jvmArguments } from "./jvm.ts";
import type { NodeConfig } from "./node-config.ts";
import type { KafkaRuntime } from "./tools.ts";

export type BrokerProcessState = "running" | "starting" | "stopping" | "stopped";

/** A broker that is stopped by itself hands its leaders over first; that takes a second or two. */
const STOP_GRACE_MS = 10_000;
const REAP_GRACE_MS = 3_000;
const START_TIMEOUT_MS = 60_000;
const HEAP_MB = 256;

/** The process of one broker, started and stopped any number of times on the same data and ports. */
export class LocalBroker {
  readonly node: NodeConfig;
  readonly #runtime: KafkaRuntime;
  readonly #onChange: () => void;
  #child: Child | null = null;
  #state: BrokerProcessState = "stopped";
  /** Starts and stops wait for each other. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(node: NodeConfig, runtime: KafkaRuntime, onChange: () => void) {
    this.node = node;
    this.#runtime = runtime;
    this.#onChange = onChange;
  }

  get state(): BrokerProcessState {
    return this.#state;
  }

  /** Null while no process runs. */
  get pid(): number | null {
    return this.#child?.running ? this.#child.pid : null;
  }

  /** Ends a process that an earlier launcher left behind on this data. */
  async reap(): Promise<void> {
    await reapFromPidFile(this.#pidFile, REAP_GRACE_MS);
  }

  /** Resolves when the broker is in the metadata that it gives out itself. */
  start(recordFlags: readonly string[] = [], signal?: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#child?.running) return;
      signal?.throwIfAborted();
      await this.#spawn(recordFlags);
      await this.#untilReady(signal);
      if (this.#state === "starting") this.#state = "running";
    });
  }

  stop(graceMs = STOP_GRACE_MS): Promise<void> {
    return this.#inTurn(async () => {
      this.#state = "stopping";
      await this.#child?.stop(graceMs);
      this.#state = "stopped";
    });
  }

  /** Without waiting for a start that is under way: for the end of everything. */
  async close(graceMs: number): Promise<void> {
    if (this.#child?.running) this.#state = "stopping";
    await this.#child?.stop(graceMs);
  }

  async #spawn(recordFlags: readonly string[]): Promise<void> {
    const { java, classPath, archive } = this.#runtime;
    this.#state = "starting";
    const child = await startChild({
      command: java.command,
      args: jvmArguments({
        classPath,
        mainClass: "kafka.Kafka",
        args: [join(this.node.dir, "server.properties")],
        heapMb: HEAP_MB,
        archiveFlags: archive.exists ? archive.flags : recordFlags,
      }),
      logFile: join(this.node.dir, "broker.log"),
    });
    this.#child = child;
    writePidFile(this.#pidFile, child.pid);
    this.#onChange();
    void child.exited.then(() => {
      this.#state = "stopped";
      this.#onChange();
    });
  }

  async #untilReady(signal: AbortSignal | undefined): Promise<void> {
    const { id, ports } = this.node;
    const child = this.#child;
    if (!child) return;
    const died = new AbortController();
    void child.exited.then(({ code, signal: by }) => {
      const how = code === null ? `by ${by}` : `with exit code ${code}`;
      died.abort(new Error(`Broker ${id} ended ${how}. Its log, ${child.logFile}, ends:\n${logTail(child.logFile)}`));
    });
    await waitForHealth([ports.client], `broker ${id} to be ready`, ({ brokerIds }) => brokerIds.includes(id), {
      timeoutMs: START_TIMEOUT_MS,
      signal: signal ? AbortSignal.any([signal, died.signal]) : died.signal,
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => {});
    return turn;
  }

  get #pidFile(): string {
    return join(this.node.dir, "broker.pid");
  }
}
