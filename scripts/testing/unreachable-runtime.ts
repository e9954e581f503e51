import { afterEach, beforeEach, vi } from "vitest";

/** For each test of the file: a runtime of its own whose one cluster, `one`, can't be reached. */
export function unreachableRuntime(): void {
  beforeEach(() => {
    vi.stubEnv("KAFKA_BROKERS", "127.0.0.1:1");
    vi.stubEnv("TAILRACE_CLUSTER_NAME", "one");
    vi.stubEnv("TAILRACE_CONFIG", "");
    vi.stubEnv("HOST", "");
    forgetRuntime();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    forgetRuntime();
  });
}

/** The next to ask for the runtime reads the environment anew. */
function forgetRuntime(): void {
  Reflect.deleteProperty(globalThis, Symbol.for("tailrace.runtime"));
}
