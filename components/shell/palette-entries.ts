"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { verdictWords } from "#components/groups/group-words.ts";
import { usePreferences } from "#components/preferences/preferences.tsx";
import type { ClusterSummary } from "#lib/contracts/clusters.ts";
import { brokerHref, clusterHref, groupHref, newTopicHref, tailHref, topicHref } from "#lib/hrefs.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { groupsQuery } from "#lib/queries/groups.ts";
import { topicsQuery } from "#lib/queries/topics.ts";
import { useCluster } from "./cluster-context.tsx";
import { type PaletteEntry, searchEntries } from "./palette-search.ts";
import { type Unread, unreadNames } from "./palette-unread.ts";
import { sectionsOf } from "./sections.tsx";

export interface Command extends PaletteEntry {
  readonly mono?: boolean;
  /** At the right, quieter: where it leads, or a shortcut. */
  readonly aside?: string;
  readonly run: () => void;
}

export interface CommandGroup {
  readonly value: string;
  readonly items: readonly Command[];
}

const LIMITS = { pages: 7, topics: 12, groups: 12, tails: 6, brokers: 6, acts: 8 } as const;
const NAMES_BEFORE_TYPING = 6;

/** What the palette offers for what was typed; topics, groups and brokers are read while it is open. */
export function useCommandGroups(
  query: string,
  clusters: readonly ClusterSummary[],
  showKeys: () => void,
): { groups: CommandGroup[]; unread: Unread | null } {
  const router = useRouter();
  const { name } = useCluster();
  const { setTheme, setZoneChoice } = usePreferences();
  const topics = useQuery(topicsQuery(name));
  const consumerGroups = useQuery(groupsQuery(name));
  const brokers = useQuery(brokersQuery(name));

  const pages = useMemo<Command[]>(
    () => [
      ...sectionsOf(name).map(({ label, href }) => ({ id: href, label, run: () => router.push(href) })),
      { id: "create-topic", label: "Create topic", words: "new add", run: () => router.push(newTopicHref(name)) },
    ],
    [name, router],
  );
  const topicCommands = useMemo<Command[]>(
    () =>
      (topics.data?.topics ?? [])
        .toSorted((a, b) => Number(a.internal) - Number(b.internal) || (a.name < b.name ? -1 : 1))
        .map((topic) => ({
          id: `topic ${topic.name}`,
          label: topic.name,
          mono: true,
          ...(topic.internal && { aside: "internal" }),
          run: () => router.push(topicHref(name, topic.name)),
        })),
    [topics.data, name, router],
  );
  const tailCommands = useMemo<Command[]>(
    () =>
      topicCommands.map(({ label, aside }) => ({
        id: `tail ${label}`,
        label: `Tail ${label}`,
        words: "live messages",
        ...(aside !== undefined && { aside }),
        run: () => router.push(tailHref(name, { topics: label })),
      })),
    [topicCommands, name, router],
  );
  const groupCommands = useMemo<Command[]>(
    () =>
      (consumerGroups.data?.groups ?? [])
        .toSorted((a, b) => (a.group < b.group ? -1 : 1))
        .map(({ group, verdicts: [worst] }) => ({
          id: `group ${group}`,
          label: group === "" ? "(empty id)" : group,
          words: "consumer group lag",
          mono: true,
          ...(worst !== undefined && { aside: verdictWords[worst.kind].label }),
          run: () => router.push(groupHref(name, group)),
        })),
    [consumerGroups.data, name, router],
  );
  const brokerCommands = useMemo<Command[]>(
    () =>
      (brokers.data?.brokers ?? []).map((broker) => ({
        id: `broker ${broker.id}`,
        label: `Broker ${broker.id}`,
        words: broker.host ?? "",
        aside: broker.state === "up" ? (broker.host ?? "") : broker.state,
        run: () => router.push(brokerHref(name, broker.id)),
      })),
    [brokers.data, name, router],
  );
  const acts = useMemo<Command[]>(
    () => [
      ...clusters
        .filter((cluster) => cluster.name !== name)
        .map((cluster) => ({
          id: `cluster ${cluster.name}`,
          label: `Switch to ${cluster.displayName}`,
          words: `cluster ${cluster.name}`,
          ...(cluster.production && { aside: "production" }),
          run: () => router.push(clusterHref(cluster.name)),
        })),
      { id: "theme light", label: "Light theme", words: "appearance", run: () => setTheme("light") },
      { id: "theme dark", label: "Dark theme", words: "appearance night", run: () => setTheme("dark") },
      { id: "theme system", label: "Theme of the system", words: "appearance", run: () => setTheme("system") },
      { id: "zone utc", label: "Times in UTC", words: "zone clock", run: () => setZoneChoice("utc") },
      { id: "zone local", label: "Times in the local zone", words: "zone clock", run: () => setZoneChoice("local") },
      { id: "keys", label: "Keyboard shortcuts", words: "help keys", aside: "?", run: showKeys },
    ],
    [clusters, name, router, setTheme, setZoneChoice, showKeys],
  );

  const groups = useMemo<CommandGroup[]>(() => {
    const typed = query.trim() !== "";
    return [
      { value: "Pages", items: searchEntries(pages, query, LIMITS.pages) },
      { value: "Topics", items: searchEntries(topicCommands, query, typed ? LIMITS.topics : NAMES_BEFORE_TYPING) },
      { value: "Groups", items: typed ? searchEntries(groupCommands, query, LIMITS.groups) : [] },
      // Only for what was typed: else they would be the topics a second time.
      { value: "Live tails", items: typed ? searchEntries(tailCommands, query, LIMITS.tails) : [] },
      { value: "Brokers", items: searchEntries(brokerCommands, query, LIMITS.brokers) },
      { value: "Do", items: searchEntries(acts, query, LIMITS.acts) },
    ].filter(({ items }) => items.length > 0);
  }, [query, pages, topicCommands, groupCommands, tailCommands, brokerCommands, acts]);
  return { groups, unread: unreadNames({ topics, groups: consumerGroups, brokers }) };
}
