import { afterAll, expect, test } from "vitest";
import { groupReading, groupsReading, type Scene } from "#scripts/testing/group-story.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import type { Reading } from "#server/clusters/shared-read.ts";
import { getOverview } from "../../clusters/get-overview.ts";
import type { ClusterContext } from "../../context.ts";
import type { GroupsReading } from "../group-reading.ts";
import { listGroups } from "../list-groups.ts";
import { GroupObserver } from "./group-observer.ts";

const { ctx, close } = serviceContext();
afterAll(close);

const scene: Scene = { committed: [5n], high: [9n] };

function reading(groups: number): Reading<GroupsReading> {
  const many = Array.from({ length: groups }, (_, at) => groupReading(`g${at}`, scene));
  return { value: groupsReading(many, scene), observedAtMs: Date.now() };
}

/** A server that has room for few groups, and has just sampled so many. */
async function after(groups: number): Promise<ClusterContext> {
  const groupObserver = new GroupObserver(async () => reading(groups), 8_192);
  await groupObserver.sample(ctx.signal);
  return { ...ctx, state: Object.assign(Object.create(ctx.state), { groupObserver }) };
}

const input = { params: { cluster: "test" }, query: {}, body: undefined };

async function toldBy(some: ClusterContext): Promise<readonly string[][]> {
  const answers = await Promise.all([listGroups(some, input), getOverview(some, input)]);
  return answers.map(({ missing }) => missing.map(({ part }) => part));
}

test("groups that there was no room for are counted, in the list and on the overview", async () => {
  const crowded = await after(20);
  const { unobserved } = crowded.state.groupObserver;
  expect(unobserved).toBeGreaterThan(0);
  expect(unobserved).toBeLessThan(20);
  const part = `history and verdicts of ${unobserved} groups`;
  const [list, overview] = await toldBy(crowded);
  expect(list).toContain(part);
  expect(overview).toContain(part);
});

test("while there is room nothing is said", async () => {
  const roomy = await after(2);
  expect(roomy.state.groupObserver.unobserved).toBe(0);
  for (const parts of await toldBy(roomy)) expect(parts.join()).not.toContain("verdicts");
});
