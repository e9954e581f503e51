import type { MissingPart } from "#lib/contracts/kafka.ts";
import { ProblemError } from "#lib/problem.ts";

/** One broker that could not answer while the others could. */
export interface BrokerFailure {
  readonly brokerId: number;
  readonly problem: ProblemError;
}

/**
 * What one broker's failure comes to in an answer made of many.
 * @throws whatever is not a problem of Kafka or of the network: a mistake of ours must not pass for a broker that is down
 */
export function brokerFailure(brokerId: number, error: unknown): BrokerFailure {
  if (!(error instanceof ProblemError)) throw error;
  return { brokerId, problem: error };
}

/** @param part "sizes on broker 2" */
export function missingFrom({ brokerId, problem }: BrokerFailure, part: string): MissingPart {
  return { ...missing(problem, part), brokerId };
}

/** @param part "quorum" */
export function missing(problem: ProblemError, part: string): MissingPart {
  return { part, code: problem.code, detail: problem.message };
}
