import { askBroker, type BrokerRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

/** Why a coordinator doesn't tell about one group of several. */
export interface GroupRefusal {
  /** Kafka's: 14 loading, 15 not available, 16 not its coordinator, 29 or 30 forbidden, 69 no such group of this type. */
  readonly errorCode: number;
  /** The broker's own words, where the request has room for them. */
  readonly errorMessage: string | null;
}

export function isRefusal(told: object): told is GroupRefusal {
  return "errorCode" in told;
}

/** By group id, for those the broker's answer names. */
export type ToldGroups<T> = ReadonlyMap<string, T | GroupRefusal>;

/** A broker builds each answer in one piece, and others' requests wait behind it. */
const MAX_GROUPS_PER_REQUEST = 1_000;
const DEADLINE_MS = 3_000;

/**
 * Asks one coordinator about groups, at most 1,000 in a request, all requests at once.
 * @param what completes "… refused to answer for": "the members of its groups"
 * @throws {ProblemError} not-supported-by-broker, broker-unreachable, deadline-exceeded, cancelled
 */
export async function askAboutGroups<T>(
  kafka: ClusterConnections,
  coordinator: number,
  request: BrokerRequest<readonly string[], ToldGroups<T>>,
  groups: readonly string[],
  what: string,
  signal: AbortSignal,
): Promise<ToldGroups<T>> {
  const question = { what, needs: "Describe on the group", deadlineMs: DEADLINE_MS };
  const ask = (some: readonly string[]) => askBroker(kafka, coordinator, request, some, question, signal);
  if (groups.length <= MAX_GROUPS_PER_REQUEST) return groups.length === 0 ? new Map() : ask(groups);
  const parts: Promise<ToldGroups<T>>[] = [];
  for (let from = 0; from < groups.length; from += MAX_GROUPS_PER_REQUEST) {
    parts.push(ask(groups.slice(from, from + MAX_GROUPS_PER_REQUEST)));
  }
  return new Map((await Promise.all(parts)).flatMap((told) => [...told]));
}
