import { expect, test } from "vitest";
import type { GroupSummary } from "#lib/contracts/groups.ts";
import { groupRows } from "./group-rows.ts";
import { groupSummary, groupVerdict } from "./group-summary.fixture.ts";

function worstFirst(groups: readonly GroupSummary[]): string[] {
  return groupRows(groups)
    .toSorted((a, b) => (a.concern > b.concern ? -1 : 1))
    .map(({ group }) => group);
}

test("worst first: severity, then the kind of verdict, then lag", () => {
  const most = (2n ** 63n - 1n).toString();
  expect(
    worstFirst([
      groupSummary({ group: "healthy, lags most", lag: most }),
      groupSummary({ group: "healthy" }),
      groupSummary({ group: "remark", verdicts: [groupVerdict("manual-assignment", "info")] }),
      groupSummary({ group: "warning", verdicts: [groupVerdict("hot-partition", "warning")], lag: most }),
      groupSummary({ group: "abandoned", verdicts: [groupVerdict("abandoned")], lag: most }),
      groupSummary({ group: "stuck", verdicts: [groupVerdict("stuck")], lag: "1" }),
      groupSummary({ group: "stuck, lags more", verdicts: [groupVerdict("stuck")], lag: "2" }),
    ]),
  ).toEqual(["stuck, lags more", "stuck", "abandoned", "warning", "remark", "healthy, lags most", "healthy"]);
});

test("an empty group whose lag grows stands out before it is called abandoned; one at rest does not", () => {
  const trend = { points: [1, 100], highest: "9", direction: "growing" } as const;
  const growing = groupSummary({ group: "growing", state: "empty", lag: "1", trend: { ...trend, points: [1, 100] } });
  const resting = groupSummary({ group: "resting", state: "empty", lag: "9" });
  const running = groupSummary({ group: "running", lag: "8", trend: { ...trend, points: [1, 100] } });
  const remark = groupSummary({ group: "remark", verdicts: [groupVerdict("idle-members", "info")] });
  expect(worstFirst([resting, remark, running, growing])).toEqual(["growing", "remark", "resting", "running"]);
  expect(groupRows([growing, resting, running]).map(({ growsUnread }) => growsUnread)).toEqual([true, false, false]);
});

test("unknown lag is unknown, not 0", () => {
  expect(groupRows([groupSummary({ lag: null })])[0]?.lagMessages).toBeNull();
});

test("a group without a partition has no lag, which is not a lag of 0", () => {
  const [row] = groupRows([groupSummary({ lag: "0", topicCount: 0, topics: [], partitionCount: 0 })]);
  expect(row?.lagMessages).toBeNull();
});
