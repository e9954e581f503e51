import type { Route } from "next";

/** Every address of a page, in one place: `/clusters/:cluster/…`. */
export function clusterHref(cluster: string): Route {
  return `/clusters/${encodeURIComponent(cluster)}` as Route;
}

export function topicsHref(cluster: string, health?: "offline" | "under-min-isr" | "under-replicated"): Route {
  return `${clusterHref(cluster)}/topics${health === undefined ? "" : `?health=${health}`}` as Route;
}

/** Not under /topics: a topic may be called "new". */
export function newTopicHref(cluster: string): Route {
  return `${clusterHref(cluster)}/create-topic` as Route;
}

export function topicHref(cluster: string, topic: string): Route {
  return `${clusterHref(cluster)}/topics/${encodeURIComponent(topic)}` as Route;
}

export function brokersHref(cluster: string): Route {
  return `${clusterHref(cluster)}/brokers` as Route;
}

export function brokerHref(cluster: string, brokerId: number): Route {
  return `${clusterHref(cluster)}/brokers/${brokerId}` as Route;
}
