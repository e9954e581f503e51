import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resetOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { encodeGroupId } from "#lib/group-id.ts";
import { testCluster } from "#scripts/testing/test-cluster.ts";
import { TestGroups } from "#scripts/testing/test-groups.ts";
import { TestTopics } from "#scripts/testing/test-topics.ts";
import { POST } from "../../app/api/clusters/[cluster]/groups/[group]/offset-resets/route.ts";
import * as commits from "../kafka/commit-offsets.ts";
import { ANSWER_DEADLINE_MS, abortProblem } from "../kafka/deadline.ts";
import * as fetched from "../kafka/fetch-committed-offsets.ts";
import { runtime } from "../runtime.ts";

vi.mock("../kafka/commit-offsets.ts", { spy: true });
vi.mock("../kafka/fetch-committed-offsets.ts", { spy: true });

const ORIGIN = "http://localhost:3000";
const topics = new TestTopics();
const groups = new TestGroups();
let orders: string;

Object.assign(process.env, {
  KAFKA_BROKERS: testCluster().bootstrap.join(","),
  TAILRACE_CLUSTER_NAME: "resets",
  TAILRACE_CHANGES_TOPIC: topics.name("changes"),
  TAILRACE_AUDIT: "required",
  TAILRACE_CONFIG: "",
  HOST: "",
});

const signal = new AbortController().signal;

async function changeLog() {
  const cluster = await runtime().cluster("resets");
  if (cluster === null) throw new Error("the settings hold this cluster");
  return cluster.changes;
}

beforeAll(async () => {
  orders = await topics.create({ prefix: "orders" });
  await topics.send(orders, [{ partition: 0, value: "v" }]);
  await (await changeLog()).create({ actor: "ops", requestId: "r" }, signal);
});

afterAll(async () => {
  vi.restoreAllMocks();
  await groups.close();
  await topics.close();
  await runtime().close();
});

/** Nobody answers until whoever asks gives up. */
function silence(...args: readonly unknown[]): Promise<never> {
  const asking = args.at(-1);
  return new Promise((_, reject) => {
    if (!(asking instanceof AbortSignal)) return;
    if (asking.aborted) reject(abortProblem(asking));
    asking.addEventListener("abort", () => reject(abortProblem(asking)), { once: true });
  });
}

test("a reset whose every phase is slow answers in time, with its change and what isn't known", async () => {
  const group = groups.name();
  await groups.commit(group, { [orders]: { 0: 0 } });
  const changes = await changeLog();
  const begin = changes.begin.bind(changes);
  vi.spyOn(changes, "begin").mockImplementation(async (...args) => {
    const record = await begin(...args);
    await delay(6_000);
    return record;
  });
  vi.mocked(commits.commitOffsets).mockImplementation((...args) => {
    vi.mocked(fetched.fetchCommittedOffsets).mockImplementation(silence);
    return silence(...args);
  });
  const startMs = performance.now();
  const response = await POST(
    new Request(`${ORIGIN}/api/clusters/resets/groups/${encodeGroupId(group)}/offset-resets`, {
      method: "POST",
      headers: { host: "localhost:3000", origin: ORIGIN, "content-type": "application/json" },
      body: JSON.stringify({ moves: [{ topic: orders, partition: 0, from: "0", to: "1" }] }),
    }),
  );
  expect(await response.clone().text()).toContain('"outcomes"');
  expect(performance.now() - startMs).toBeLessThan(ANSWER_DEADLINE_MS);
  const { change, outcomes } = contract.response.parse(await response.json());
  expect(outcomes).toMatchObject([{ outcome: "unknown", committedOffset: null }]);
  expect(await changes.get(change ?? "", signal)).toMatchObject({ action: "reset-offsets", target: { group } });
}, 60_000);
