import { join } from "node:path";
import { megabytes, percent } from "../console/sizes.ts";
import type { Steps } from "../console/steps.ts";
import { kafkaVersion } from "../local-kafka/jars.ts";
import { findJava } from "../local-kafka/java.ts";
import { type LocalKafka, startLocalKafka } from "../local-kafka/local-kafka.ts";
import { kafkaRuntime } from "../local-kafka/tools.ts";
import type { Child } from "../processes/child.ts";
import { reapFromPidFile, writePidFile } from "../processes/pid-file.ts";
import { build, isBuildStale } from "./build.ts";
import type { LaunchMode } from "./launch-mode.ts";
import { takeLauncherLock } from "./launcher-lock.ts";
import { OwnedProcesses } from "./owned-processes.ts";
import { portRefusal } from "./port-refusal.ts";
import { serverAnswers, serverUrl, startServer } from "./server-process.ts";
import { startWorkload } from "./workload-process.ts";

/** Kafka's usual port is left to a Kafka that somebody runs beside. */
const PREFERRED_KAFKA_PORTS = [19092, 19093, 19094];
// The brokers (2 s at most) wait for the workload, nobody for the server, which takes so long
// only while a change is being made: less than the 5 s in which everything must be down.
const SERVER_GRACE_MS = 4_500;
const WORKLOAD_GRACE_MS = 1_000;

/** Brings up what `npm start` shows, and takes it down. */
export class Launcher {
  readonly url: string;
  readonly #mode: LaunchMode;
  readonly #dir: string;
  readonly #steps: Steps;
  readonly #owned = new OwnedProcesses();
  readonly #failed = Promise.withResolvers<never>();
  #kafka: LocalKafka | null = null;
  #workload: Child | null = null;
  #server: Child | null = null;
  #unlock: () => void = () => {};
  #closing = false;

  constructor(mode: LaunchMode, dir: string, steps: Steps) {
    this.#mode = mode;
    this.#dir = dir;
    this.#steps = steps;
    this.url = serverUrl(mode.listening.host, mode.listening.port);
    this.#failed.promise.catch(() => {});
  }

  /** Rejects when what was started can't go on; never resolves. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Resolves when the server answers. `close` afterwards in any case. */
  async start(signal: AbortSignal): Promise<void> {
    const { host, port } = this.#mode.listening;
    this.#unlock = takeLauncherLock(join(this.#dir, "launcher.pid"), this.url);
    if (await reapFromPidFile(this.#serverPidFile, SERVER_GRACE_MS)) {
      this.#steps.print("  ✓ Ended a server that an earlier start had left behind");
    }
    const refusal = await portRefusal(port, host);
    if (refusal !== null) throw new Error(refusal);
    // A missing Java is found before a build is begun.
    if (this.#mode.localKafka) await findJava();
    await this.#prepare(signal);
    signal.throwIfAborted();
    if (this.#kafka && this.#mode.sampleWorkload) await this.#startWorkload(this.#kafka);
    signal.throwIfAborted();
    await this.#startServer(signal);
  }

  async close(): Promise<void> {
    this.#closing = true;
    // While its brokers live the workload can leave its groups: their next members don't have to wait for the old ones' end.
    const workloadThenKafka = async () => {
      await this.#workload?.stop(WORKLOAD_GRACE_MS);
      await this.#kafka?.close();
    };
    await Promise.all([this.#server?.stop(SERVER_GRACE_MS), workloadThenKafka()]);
    this.#owned.close();
    this.#unlock();
  }

  /** Kafka and the build side by side; whichever fails first ends the other. */
  async #prepare(signal: AbortSignal): Promise<void> {
    const failing = new AbortController();
    const until = AbortSignal.any([signal, failing.signal]);
    const both = [this.#mode.localKafka ? this.#startKafka(until) : null, this.#buildIfStale(until)];
    try {
      await Promise.all(both);
    } catch (error) {
      failing.abort(error);
      await Promise.allSettled(both);
      throw error;
    }
  }

  async #startKafka(signal: AbortSignal): Promise<void> {
    const runtime = await this.#steps.run(
      `Kafka ${kafkaVersion}`,
      (report) =>
        kafkaRuntime({
          signal,
          onProgress: ({ doneBytes, totalBytes }) =>
            report(`downloading ${percent(doneBytes, totalBytes)} of ${megabytes(totalBytes)}`),
        }),
      () => `Kafka ${kafkaVersion} is here`,
    );
    await this.#steps.run(
      "Starting three brokers",
      async () => {
        this.#kafka = await startLocalKafka({
          runtime,
          dir: join(this.#dir, "kafka"),
          preferredPorts: PREFERRED_KAFKA_PORTS,
          signal,
          onPids: (pids) => this.#owned.setBrokers(pids),
        });
        return this.#kafka;
      },
      ({ bootstrap }) => `Three brokers are up: ${bootstrap.join(",")}`,
    );
  }

  async #buildIfStale(signal: AbortSignal): Promise<void> {
    if (!(await isBuildStale())) return;
    await this.#steps.run(
      "Building the pages",
      (report) => build({ logFile: join(this.#dir, "logs", "build.log"), signal, onProgress: report }),
      () => "Built the pages",
    );
  }

  async #startWorkload({ bootstrap }: LocalKafka): Promise<void> {
    const workload = await startWorkload(bootstrap, join(this.#dir, "logs", "workload.log"));
    this.#workload = workload;
    this.#owned.add(workload);
    void workload.exited.then(() => {
      if (!this.#closing) this.#steps.print(`  ✗ The sample workload ended. Its log: ${workload.logFile}`);
    });
  }

  async #startServer(signal: AbortSignal): Promise<void> {
    const { host, port } = this.#mode.listening;
    const local = this.#kafka && {
      KAFKA_BROKERS: this.#kafka.bootstrap.join(","),
      TAILRACE_LOCAL_CONTROL: this.#kafka.control.url,
      TAILRACE_LOCAL_CONTROL_TOKEN: this.#kafka.control.token,
    };
    // Beside somebody's own Kafka this is a service: its log lines belong on standard output.
    const logFile = this.#mode.localKafka ? join(this.#dir, "logs", "server.log") : null;
    await this.#steps.run(
      "Starting the server",
      async () => {
        const server = await startServer({ host, port, env: { ...process.env, ...local }, logFile });
        writePidFile(this.#serverPidFile, server.pid);
        this.#server = server;
        this.#owned.add(server);
        void server.exited.then(() => {
          if (!this.#closing)
            this.#failed.reject(new Error(`The server ended by itself. Its log: ${logFile ?? "above"}`));
        });
        await serverAnswers(server, this.url, signal);
      },
      () => "The server answers",
    );
  }

  get #serverPidFile(): string {
    return join(this.#dir, "server.pid");
  }
}
