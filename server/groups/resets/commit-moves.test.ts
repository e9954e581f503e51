import { beforeEach, expect, test, vi } from "vitest";
import { ProblemError } from "#lib/problem.ts";
import { testClusterSettings } from "#scripts/testing/cluster-settings.ts";
import { commitOffsets } from "../../kafka/commit-offsets.ts";
import { ClusterConnections } from "../../kafka/connections.ts";
import { deleteOffsets } from "../../kafka/delete-offsets.ts";
import { findCoordinators } from "../../kafka/find-coordinators.ts";
import { commitMoves, type Move } from "./commit-moves.ts";

vi.mock("../../kafka/commit-offsets.ts");
vi.mock("../../kafka/delete-offsets.ts");
vi.mock("../../kafka/find-coordinators.ts");

const kafka = new ClusterConnections(testClusterSettings());
const NOT_COORDINATOR = 16;
const away = new ProblemError("broker-unreachable", "Broker 1 went away.");

const move = (partition: number, metadata = ""): Move => ({
  ...{ topic: "orders", partition },
  to: { offset: BigInt(partition), leaderEpoch: null, metadata },
});
const answered = (errorCode: number) => (_kafka: unknown, _broker: unknown, _group: unknown, moves: readonly Move[]) =>
  Promise.resolve(moves.map(({ topic, partition }) => ({ topic, partition, errorCode })));
const inTime = () => AbortSignal.timeout(5_000);

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(findCoordinators).mockResolvedValue(new Map([["g", { brokerId: 1 }]]));
});

test("a coordinator that is no longer one is followed to its successor", async () => {
  vi.mocked(findCoordinators).mockResolvedValueOnce(new Map([["g", { errorCode: 15 }]]));
  vi.mocked(commitOffsets).mockImplementationOnce(answered(NOT_COORDINATOR) as never);
  vi.mocked(commitOffsets).mockImplementationOnce(answered(0) as never);
  expect(await commitMoves(kafka, "g", [move(0), move(1)], inTime())).toMatchObject([
    { errorCode: 0 },
    { errorCode: 0 },
  ]);
  expect(findCoordinators).toHaveBeenCalledTimes(3);
});

test("one that moves all the while has refused; one that nobody finds was sent nothing", async () => {
  vi.mocked(commitOffsets).mockImplementation(answered(NOT_COORDINATOR) as never);
  expect(await commitMoves(kafka, "g", [move(0)], AbortSignal.timeout(400))).toMatchObject([
    { errorCode: NOT_COORDINATOR },
  ]);
  vi.mocked(findCoordinators).mockRejectedValue(away);
  await expect(commitMoves(kafka, "g", [move(0)], AbortSignal.timeout(400))).rejects.toMatchObject({
    code: "broker-unreachable",
  });
});

test("what nobody answers is sent once, and nothing after it", async () => {
  const large = "m".repeat(4_000);
  const moves = Array.from({ length: 150 }, (_, partition) => move(partition, large));
  vi.mocked(commitOffsets)
    .mockImplementationOnce(answered(0) as never)
    .mockRejectedValueOnce(away);
  const answers = await commitMoves(kafka, "g", moves, inTime());
  expect(commitOffsets).toHaveBeenCalledTimes(2);
  const kinds = answers.map((answer) => (answer === null ? "not sent" : "silence" in answer ? "silence" : "done"));
  expect([...new Set(kinds)]).toEqual(["done", "silence", "not sent"]);
});

test("commits are set before others are taken away, each in requests of their own", async () => {
  vi.mocked(commitOffsets).mockImplementation(answered(0) as never);
  vi.mocked(deleteOffsets).mockResolvedValue({ errorCode: 68, partitions: [] });
  const forgotten: Move = { topic: "orders", partition: 7, to: null };
  const answers = await commitMoves(kafka, "g", [forgotten, move(0)], inTime());
  expect(answers).toMatchObject([{ errorCode: 68 }, { errorCode: 0 }]);
});

test("a mistake of ours is no outcome", async () => {
  vi.mocked(commitOffsets).mockRejectedValue(new TypeError("a mistake"));
  await expect(commitMoves(kafka, "g", [move(0)], inTime())).rejects.toThrow(TypeError);
});

const requestful = () => Array.from({ length: 150 }, (_, partition) => move(partition, "m".repeat(4_000)));

test("a coordinator that can't be found any more takes nothing back of what was stored before", async () => {
  vi.mocked(commitOffsets).mockImplementation(answered(0) as never);
  vi.mocked(findCoordinators)
    .mockResolvedValueOnce(new Map([["g", { brokerId: 1 }]]))
    .mockRejectedValue(away);
  const answers = await commitMoves(kafka, "g", requestful(), AbortSignal.timeout(400));
  expect(commitOffsets).toHaveBeenCalledTimes(1);
  expect(answers[0]).toMatchObject({ errorCode: 0 });
  expect(answers.at(-1)).toBeNull();
});

test("a right that is taken away in the midst is why the rest isn't done, not why nothing was; at first it is", async () => {
  vi.mocked(commitOffsets).mockImplementation(answered(0) as never);
  const forbidden = new Map([["g", { errorCode: 30 }]]);
  vi.mocked(findCoordinators)
    .mockResolvedValueOnce(new Map([["g", { brokerId: 1 }]]))
    .mockResolvedValue(forbidden);
  const answers = await commitMoves(kafka, "g", requestful(), inTime());
  expect(answers[0]).toMatchObject({ errorCode: 0 });
  expect(answers.find((answer) => answer !== null && "silence" in answer)).toMatchObject({
    silence: { code: "kafka-forbidden" },
  });
  expect(answers.at(-1)).toBeNull();
  await expect(commitMoves(kafka, "g", [move(0)], inTime())).rejects.toMatchObject({ code: "kafka-forbidden" });
});
