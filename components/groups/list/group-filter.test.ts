import { expect, test } from "vitest";
import { parseNameFilter } from "#lib/name-filter.ts";
import { filterGroups, type GroupFilter } from "./group-filter.ts";
import { groupRows } from "./group-rows.ts";
import { groupSummary, groupVerdict } from "./group-summary.fixture.ts";

const rows = groupRows([
  groupSummary({ group: "orders-billing", verdicts: [groupVerdict("stuck"), groupVerdict("idle-members", "info")] }),
  groupSummary({ group: "orders-export", state: "empty", type: "classic", verdicts: [groupVerdict("abandoned")] }),
  groupSummary({ group: "payments", state: "reconciling" }),
  groupSummary({ group: "audit", state: "not-ready", type: "share" }),
  groupSummary({ group: "spare", verdicts: [groupVerdict("idle-members", "info")] }),
]);

const kept = (filter: Partial<GroupFilter>) =>
  filterGroups(rows, { name: { kind: "all" }, state: "any", type: "any", verdict: "any", ...filter }).map(
    ({ group }) => group,
  );

test("filters by name, state and type", () => {
  expect(kept({ name: parseNameFilter("ORDERS", null) })).toEqual(["orders-billing", "orders-export"]);
  expect(kept({ state: "rebalancing" })).toEqual(["payments"]);
  expect(kept({ state: "other" })).toEqual(["audit"]);
  expect(kept({ type: "classic" })).toEqual(["orders-export"]);
  expect(kept({ name: { kind: "invalid", reason: "r" } })).toEqual([]);
});

test("filters by verdict: one of them, any that is worse than a remark, none", () => {
  expect(kept({ verdict: "idle-members" })).toEqual(["orders-billing", "spare"]);
  expect(kept({ verdict: "stuck-or-abandoned" })).toEqual(["orders-billing", "orders-export"]);
  expect(kept({ verdict: "problem" })).toEqual(["orders-billing", "orders-export"]);
  expect(kept({ verdict: "none" })).toEqual(["payments", "audit"]);
});
