import { beforeEach, expect, test, vi } from "vitest";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import { AnswerBudget } from "../../answer-budget.ts";
import { commitOffsets } from "../../kafka/commit-offsets.ts";
import { ClusterConnections } from "../../kafka/connections.ts";
import { fetchCommittedOffsets } from "../../kafka/fetch-committed-offsets.ts";
import { findCoordinators } from "../../kafka/find-coordinators.ts";
import { applyMoves, movesOutcome } from "./apply-moves.ts";

vi.mock("../../kafka/commit-offsets.ts");
vi.mock("../../kafka/fetch-committed-offsets.ts");
vi.mock("../../kafka/find-coordinators.ts");

const kafka = new ClusterConnections(testClusterSettings());
const at = (offset: bigint) => ({ offset, leaderEpoch: null, metadata: "" });
const held = (offset: bigint) => new Map([["g", new Map([["orders", new Map([[0, at(offset)]])]])]]);
const moves = [{ topic: "orders", partition: 0, before: at(5n), to: at(1n) }];
const here = new Map([["g", { brokerId: 1 }]]);
const GROUP_FORBIDDEN = 30;

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(findCoordinators).mockResolvedValue(here);
  vi.mocked(commitOffsets).mockResolvedValue([{ topic: "orders", partition: 0, errorCode: 0 }]);
});

test("a right to look that is taken away after the commit leaves its outcome unknown: the change didn't fail", async () => {
  vi.mocked(fetchCommittedOffsets).mockResolvedValue(held(5n));
  vi.mocked(findCoordinators)
    .mockResolvedValueOnce(here)
    .mockResolvedValueOnce(here)
    .mockResolvedValue(new Map([["g", { errorCode: GROUP_FORBIDDEN }]]));
  const settled = await applyMoves({ kafka }, "g", moves, new AnswerBudget());
  expect(settled).toMatchObject([{ outcome: "unknown", readBack: undefined }]);
  expect(movesOutcome(settled)).toMatchObject({ state: "partial" });
});

test("a coordinator that tells older commits for a moment is asked again before its word is taken", async () => {
  vi.mocked(fetchCommittedOffsets)
    .mockResolvedValueOnce(held(5n))
    .mockResolvedValueOnce(held(5n))
    .mockResolvedValue(held(1n));
  const settled = await applyMoves({ kafka }, "g", moves, new AnswerBudget());
  expect(settled).toMatchObject([{ outcome: "moved" }]);
});

test("when nobody tells where the group is, nothing is sent", async () => {
  vi.mocked(fetchCommittedOffsets).mockResolvedValue(new Map());
  await expect(applyMoves({ kafka }, "g", moves, new AnswerBudget())).rejects.toMatchObject({
    code: "broker-unreachable",
  });
  expect(commitOffsets).not.toHaveBeenCalled();
});
