import type { ProblemFinding } from "#lib/contracts/clusters.ts";

/** A finding, before it is known since when it has been there. */
export type Finding = Omit<ProblemFinding, "sinceMs">;
