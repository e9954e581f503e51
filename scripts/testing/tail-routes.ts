import { problemDetails } from "#lib/problem.ts";
import { runtime } from "#server/runtime.ts";
import { GET, POST } from "../../app/api/clusters/[cluster]/messages/tail/route.ts";
import { OpenedTail } from "./open-tail.ts";
import { testCluster } from "./test-cluster.ts";

const ORIGIN = "http://localhost:3000";

type Query = Readonly<Record<string, string>>;

/** Tails of the test cluster through their routes, in a runtime of the test file's own. */
export class TailRoutes {
  readonly #open: OpenedTail[] = [];

  constructor() {
    Object.assign(process.env, {
      KAFKA_BROKERS: testCluster().bootstrap.join(","),
      TAILRACE_CLUSTER_NAME: "tails",
      TAILRACE_CONFIG: "",
      HOST: "",
    });
  }

  get(query: Query, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
    const url = `${ORIGIN}/api/clusters/tails/messages/tail?${new URLSearchParams(query)}`;
    return GET(new Request(url, { headers: { host: "localhost:3000", ...headers }, ...(signal && { signal }) }));
  }

  post(query: Query, cursor: string): Promise<Response> {
    const url = `${ORIGIN}/api/clusters/tails/messages/tail?${new URLSearchParams(query)}`;
    const headers = { host: "localhost:3000", "content-type": "application/json" };
    return POST(new Request(url, { method: "POST", headers, body: JSON.stringify({ cursor }) }));
  }

  /** A tail whose first frame is here. */
  async tail(query: Query): Promise<OpenedTail> {
    return this.opened(await this.get(query));
  }

  /** The same, continued. */
  async resume(query: Query, cursor: string): Promise<OpenedTail> {
    return this.opened(await this.post(query, cursor));
  }

  async opened(response: Response): Promise<OpenedTail> {
    const tail = this.unread(response);
    tail.read();
    await tail.until("ready", ({ frames }) => frames.length > 0);
    return tail;
  }

  /** A tail whose viewer doesn't read yet. */
  unread(response: Response): OpenedTail {
    if (response.status !== 200) throw new Error(`a tail was refused with ${response.status}`);
    const tail = new OpenedTail(response);
    this.#open.push(tail);
    return tail;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((tail) => tail.close()));
    await runtime().close();
  }
}

export async function problemOf(response: Response) {
  return problemDetails.parse(await response.json());
}

/** Messages with a key each whose values are n0, n1, … */
export function numbers(first: number, count: number): { key: string; value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ key: `k${first + index}`, value: `n${first + index}` }));
}

/** The values of `numbers`, from `from` up to `to`, which is excluded. */
export function valuesOf(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `n${from + index}`);
}

export function sorted(values: readonly unknown[]): string[] {
  return values.map(String).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}
