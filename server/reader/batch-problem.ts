import type { ProblemRow } from "#lib/contracts/message-row.ts";

/** Why a batch can't be read. Its detail becomes a row; reading goes on behind it. */
export class BatchProblem extends Error {
  readonly code: ProblemRow["code"];

  constructor(code: ProblemRow["code"], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "BatchProblem";
    this.code = code;
  }
}

/** Bytes that don't hold what they claim. */
export function corrupt(what: string, options?: ErrorOptions): BatchProblem {
  return new BatchProblem(
    "corrupt",
    `This batch is damaged: ${what}. Compare the replicas with kafka-dump-log on their brokers.`,
    options,
  );
}
