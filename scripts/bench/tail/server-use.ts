/** What the server used since it was asked last. */
export interface ServerUse {
  /** Of all its threads. */
  readonly cpuSeconds: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  readonly memoryMb: number;
  /** What brokers sent. */
  readonly kafkaBytes: number;
  /** Fetch requests sent. */
  readonly fetches: number;
}

/** Names the port on loopback at which server-report.ts answers. */
export const REPORT_PORT_VARIABLE = "BENCH_REPORT_PORT";

/** Answers megabytes in use on the heap and in buffers, once the garbage has been collected. */
export const IN_USE_PATH = "/in-use";
