import type { MissingPart } from "#lib/contracts/kafka.ts";
import { type BrokerFailure, missing, missingFrom } from "../kafka/broker-failure.ts";

/** Brokers whose log dirs could not be read; a right that is missing on all of them is named once. */
export function missingSizes(failures: readonly BrokerFailure[]): MissingPart[] {
  const forbidden = failures.find(({ problem }) => problem.code === "kafka-forbidden");
  return [
    ...(forbidden ? [missing(forbidden.problem, "sizes and disks")] : []),
    ...failures
      .filter(({ problem }) => problem.code !== "kafka-forbidden")
      .map((failure) => missingFrom(failure, `sizes on broker ${failure.brokerId}`)),
  ];
}

/** A broker that is not up can't tell its sizes: said, not left to be noticed. */
export function sizesOfAway(brokerId: number, state: string): MissingPart {
  return {
    part: `sizes on broker ${brokerId}`,
    code: "broker-unreachable",
    detail: `Broker ${brokerId} is ${state}: what lies on its disks is unknown until it returns.`,
    brokerId,
  };
}
