import { setImmediate as turn } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { groupReading, groupsReading, type Scene } from "#scripts/testing/group-story.ts";
import { serviceContext } from "#scripts/testing/service-context.ts";
import { SharedRead } from "../clusters/shared-read.ts";
import { listGroups } from "./list-groups.ts";

const { ctx, close } = serviceContext();
afterAll(async () => {
  vi.restoreAllMocks();
  await close();
});

test("while thousands of groups are listed, others have their turn", async () => {
  const scene: Scene = { committed: [5n], high: [9n], members: [[0]] };
  const many = Array.from({ length: 500 }, (_, at) => groupReading(`g${at}`, scene));
  const groups = new SharedRead(async () => groupsReading(many, scene), 0);
  const state = Object.assign(Object.create(ctx.state), { groups });
  let nowMs = 0;
  // Each look at the clock is a millisecond later: nothing here depends on how fast this machine is.
  vi.spyOn(performance, "now").mockImplementation(() => nowMs++);
  let othersTurns = 0;
  let done = false;
  const others = (async () => {
    for (; !done; othersTurns++) await turn();
  })();
  const answer = await listGroups({ ...ctx, state }, { params: { cluster: "test" }, query: {}, body: undefined });
  done = true;
  await others;
  expect(answer.groups).toHaveLength(500);
  expect(othersTurns).toBeGreaterThanOrEqual(500 / 5);
});
