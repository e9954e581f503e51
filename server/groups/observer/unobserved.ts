import type { MissingPart } from "#lib/contracts/kafka.ts";
import { count } from "../../clusters/words.ts";
import { HISTORY_BUDGET_BYTES } from "./group-histories.ts";
import type { GroupObserver } from "./group-observer.ts";

const MIB = 1_048_576;

/** The groups of which nothing is remembered, and which so are never judged: that they have no verdict says nothing. */
export function unobserved({ unobserved: groups }: Pick<GroupObserver, "unobserved">): MissingPart[] {
  if (groups === 0) return [];
  const detail = `What Tailrace remembers of groups takes ${HISTORY_BUDGET_BYTES / MIB} MiB at most, for all clusters together, and there was no room for these: their lag is told, but whether they are stuck or abandoned is not known. There is room again when groups that nobody needs are deleted.`;
  return [{ part: `history and verdicts of ${count(groups, "group")}`, code: "too-many", detail }];
}
