import type { ProblemFinding } from "#lib/contracts/clusters.ts";

/** A finding, before it is known since when it has been there; `sinceMs` where what found it knows better than who first looked. */
export type Finding = Omit<ProblemFinding, "sinceMs"> & { readonly sinceMs?: number };
