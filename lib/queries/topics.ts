import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { call } from "../api-client.ts";
import {
  createTopic,
  getTopic,
  getTopicConfigs,
  listTopicConfigDefinitions,
  listTopicConfigs,
  listTopicRates,
  listTopicSizes,
  listTopics,
  type NewTopic,
  type newTopic,
} from "../contracts/topics.ts";
import { queryKeys } from "./keys.ts";
import { POLL_MS, polled, polledLarge } from "./polling.ts";

export function topicsQuery(cluster: string) {
  return queryOptions({
    queryKey: queryKeys.topics(cluster),
    queryFn: ({ signal }) => call(listTopics, { cluster }, { signal }),
    ...polledLarge(POLL_MS.topics),
  });
}

export function topicSizesQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.topics(cluster), "sizes"],
    queryFn: ({ signal }) => call(listTopicSizes, { cluster }, { signal }),
    ...polledLarge(POLL_MS.sizes),
  });
}

/** The size of one topic. */
export function topicSizeQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...queryKeys.topic(cluster, topic), "size"],
    queryFn: ({ signal }) => call(listTopicSizes, { cluster, query: { topic } }, { signal }),
    ...polled(POLL_MS.sizes),
  });
}

export function topicListConfigsQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.topics(cluster), "configs"],
    queryFn: ({ signal }) => call(listTopicConfigs, { cluster }, { signal }),
    ...polledLarge(POLL_MS.configs),
  });
}

export function topicRatesQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.topics(cluster), "rates"],
    queryFn: ({ signal }) => call(listTopicRates, { cluster }, { signal }),
    ...polledLarge(POLL_MS.rates),
  });
}

/** The rates of the topics that are written to most. */
export function busiestTopicsQuery(cluster: string, top: number) {
  return queryOptions({
    queryKey: [...queryKeys.topics(cluster), "rates", top],
    queryFn: ({ signal }) => call(listTopicRates, { cluster, query: { top } }, { signal }),
    ...polled(POLL_MS.rates),
  });
}

/** The rates of one topic. */
export function topicRateQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...queryKeys.topic(cluster, topic), "rate"],
    queryFn: ({ signal }) => call(listTopicRates, { cluster, query: { topic } }, { signal }),
    ...polled(POLL_MS.rates),
  });
}

export function topicQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: queryKeys.topic(cluster, topic),
    queryFn: ({ signal }) => call(getTopic, { cluster, topic }, { signal }),
    ...polled(POLL_MS.topics),
  });
}

export function topicConfigsQuery(cluster: string, topic: string) {
  return queryOptions({
    queryKey: [...queryKeys.topic(cluster, topic), "configs"],
    queryFn: ({ signal }) => call(getTopicConfigs, { cluster, topic }, { signal }),
    ...polled(POLL_MS.configs),
  });
}

const DEFINITIONS_FRESH_MS = 60_000;
const DRY_RUN_FRESH_MS = 10_000;

export function topicConfigDefinitionsQuery(cluster: string) {
  return queryOptions({
    queryKey: [...queryKeys.cluster(cluster), "topic-config-definitions"],
    queryFn: ({ signal }) => call(listTopicConfigDefinitions, { cluster }, { signal }),
    staleTime: DEFINITIONS_FRESH_MS,
    retry: false,
  });
}

/** With `dryRun` it only asks the controller whether it would. */
export function createTopicMutation(cluster: string) {
  return mutationOptions({
    mutationKey: [...queryKeys.topics(cluster), "create"],
    mutationFn: (topic: z.input<typeof newTopic>) => call(createTopic, { cluster, body: topic }),
  });
}

/**
 * The controller's own check of a topic that isn't created yet. A refusal is an answer: asked once for each request, and
 * again only when the viewer changes it.
 */
export function topicDryRunQuery(cluster: string, topic: NewTopic) {
  return queryOptions({
    queryKey: [...queryKeys.topics(cluster), "dry-run", topic],
    queryFn: ({ signal }) => call(createTopic, { cluster, body: { ...topic, dryRun: true } }, { signal }),
    staleTime: DRY_RUN_FRESH_MS,
    gcTime: DRY_RUN_FRESH_MS,
    retry: false,
  });
}
