import type { Route } from "next";
import { encodeGroupId } from "./group-id.ts";
import type { ProblemCode } from "./problem.ts";
import type { GroupVerdictFilter } from "./url-state.ts";

/** Every address of a page, in one place: `/clusters/:cluster/…`. */
export function clusterHref(cluster: string): Route {
  return `/clusters/${encodeURIComponent(cluster)}` as Route;
}

export function topicsHref(cluster: string, health?: "offline" | "under-min-isr" | "under-replicated"): Route {
  return `${clusterHref(cluster)}/topics${health === undefined ? "" : `?health=${health}`}` as Route;
}

/** Not under /topics: a topic may be called "new". */
export function newTopicHref(cluster: string, name?: string): Route {
  return `${clusterHref(cluster)}/create-topic${name === undefined ? "" : `?name=${encodeURIComponent(name)}`}` as Route;
}

export function topicHref(cluster: string, topic: string): Route {
  return `${clusterHref(cluster)}/topics/${encodeURIComponent(topic)}` as Route;
}

/** One message: what a person pastes into a ticket. */
export function messageHref(cluster: string, topic: string, partition: number, offset: string): Route {
  return `${topicHref(cluster, topic)}/partitions/${partition}/offsets/${offset}` as Route;
}

/** A partition as files; `query` as components/segments/segments-url.ts has it. */
export function segmentsHref(
  cluster: string,
  topic: string,
  partition: number,
  query: Readonly<Record<string, string>> = {},
): Route {
  const search = new URLSearchParams(query).toString();
  return `${topicHref(cluster, topic)}/partitions/${partition}/segments${search && `?${search}`}` as Route;
}

/** The inside of one segment. */
export function segmentHref(
  cluster: string,
  topic: string,
  partition: number,
  baseOffset: string,
  query: Readonly<Record<string, string>> = {},
): Route {
  const search = new URLSearchParams(query).toString();
  return `${segmentsHref(cluster, topic, partition)}/${baseOffset}${search && `?${search}`}` as Route;
}

export function brokersHref(cluster: string): Route {
  return `${clusterHref(cluster)}/brokers` as Route;
}

export function brokerHref(cluster: string, brokerId: number): Route {
  return `${clusterHref(cluster)}/brokers/${brokerId}` as Route;
}

/** What a problem code means. */
export function problemHref(code: ProblemCode): Route {
  return `/problems/${code}` as Route;
}

/** The way from this server to each broker, link by link. */
export function connectionHref(cluster: string): Route {
  return `${clusterHref(cluster)}/connection` as Route;
}

/** The live tail; `query` as the API takes it (contracts/tail.ts), without it the page where topics are chosen. */
export function tailHref(cluster: string, query: Readonly<Record<string, string>> = {}): Route {
  const search = new URLSearchParams(query).toString();
  return `${clusterHref(cluster)}/tail${search && `?${search}`}` as Route;
}

/** All groups, or those of one verdict. */
export function groupsHref(cluster: string, verdict?: GroupVerdictFilter): Route {
  return `${clusterHref(cluster)}/groups${verdict === undefined ? "" : `?verdict=${verdict}`}` as Route;
}

export function groupHref(cluster: string, group: string): Route {
  return `${clusterHref(cluster)}/groups/${encodeURIComponent(encodeGroupId(group))}` as Route;
}

/** `query`: what is to be moved, and where to (components/groups/reset/reset-url.ts). */
export function resetOffsetsHref(cluster: string, group: string, query: Readonly<Record<string, string>> = {}): Route {
  const search = new URLSearchParams(query).toString();
  return `${groupHref(cluster, group)}/reset-offsets${search && `?${search}`}` as Route;
}

/** All changes, or those of one group or topic. */
export function changesHref(
  cluster: string,
  only: { readonly group: string } | { readonly topic: string } | null = null,
): Route {
  return `${clusterHref(cluster)}/changes${only === null ? "" : `?${new URLSearchParams(only)}`}` as Route;
}

export function changeHref(cluster: string, change: string): Route {
  return `${clusterHref(cluster)}/changes/${encodeURIComponent(change)}` as Route;
}

/** The plan that takes a change back. */
export function undoChangeHref(cluster: string, change: string): Route {
  return `${changeHref(cluster, change)}/undo` as Route;
}
