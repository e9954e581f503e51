import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../../context.ts";
import type { GroupReading } from "../group-reading.ts";
import { readGroup } from "../read-group.ts";

/** A group as it is now; null when there is none. @throws {ProblemError} as `readGroup`, but not group-not-found */
export async function readGroupIfThere(
  ctx: Pick<ClusterContext, "kafka" | "signal">,
  group: string,
): Promise<GroupReading | null> {
  try {
    return (await readGroup(ctx, group)).reading;
  } catch (error) {
    if (error instanceof ProblemError && error.code === "group-not-found") return null;
    throw error;
  }
}
