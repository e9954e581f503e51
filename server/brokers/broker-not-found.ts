import { ProblemError } from "#lib/problem.ts";
import { listed } from "../clusters/words.ts";

const MOST_NAMED = 12;

export function brokerNotFound(brokerId: number, known: readonly number[]): ProblemError {
  const ids = listed(known.map(String), MOST_NAMED).join("");
  return new ProblemError(
    "broker-not-found",
    `This cluster has no broker ${brokerId}${ids === "" ? "." : `; it has ${ids}.`}`,
  );
}
