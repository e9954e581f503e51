import type { MissingPart } from "#lib/contracts/kafka.ts";
import { missingFrom } from "../kafka/broker-failure.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";
import type { ListedOffsets } from "../kafka/list-offsets.ts";
import { count } from "./words.ts";

const UNKNOWN_TOPIC = 3;
const OFFSET_NOT_AVAILABLE = 78;
const NEW_LEADER =
  "Their leader has just been elected and doesn't know yet how far all replicas had got (OFFSET_NOT_AVAILABLE). It does as soon as min.insync.replicas of them are in sync again.";

/** What several readings of offsets lack, each broker and each reason named once. */
export function missingOffsets(readings: readonly ListedOffsets[]): MissingPart[] {
  const byBroker = new Map(readings.flatMap(({ failures }) => failures.map((failure) => [failure.brokerId, failure])));
  const byCode = new Map<number, number>();
  for (const { refused } of readings) {
    for (const [code, partitions] of refused) byCode.set(code, Math.max(partitions, byCode.get(code) ?? 0));
  }
  return [
    ...[...byBroker.values()].map((failure) =>
      missingFrom(failure, `offsets of the partitions that broker ${failure.brokerId} leads`),
    ),
    ...[...byCode].flatMap(([code, partitions]) => {
      const part = `offsets of ${count(partitions, "partition")}`;
      // Deleted since the metadata was read, or so new that its leader doesn't know it yet: nothing an operator could mend.
      if (code === UNKNOWN_TOPIC) return [];
      if (code === OFFSET_NOT_AVAILABLE) return [{ part, code: "broker-unreachable", detail: NEW_LEADER }];
      const problem = codeProblem(code, null, { what: part, needs: "Describe on the topics" });
      return problem ? [{ part, code: problem.code, detail: problem.message }] : [];
    }),
  ];
}
