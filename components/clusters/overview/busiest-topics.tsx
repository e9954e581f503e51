"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { BusiestTable, busiestTopics } from "#components/topics/busiest-table.tsx";
import { topicHref, topicsHref } from "#lib/hrefs.ts";
import { busiestTopicsQuery } from "#lib/queries/topics.ts";

const SHOWN = 6;

/** Where the messages go: the topics that are written to most. Nothing until two samples are there, or when all is still. */
export function BusiestTopics() {
  const cluster = useCluster();
  const { data } = useQuery(busiestTopicsQuery(cluster.name, SHOWN));
  const busiest = data === undefined ? [] : busiestTopics(data);
  if (busiest.length === 0) return null;
  return (
    <section aria-labelledby="busiest" className="mt-4">
      <div className="flex min-h-10 items-center gap-3 pt-2 pb-1.5">
        <h2 id="busiest">Busiest topics</h2>
        <span className="text-12 text-ink-3">messages written a second</span>
        <span className="flex-1" />
        <Link href={`${topicsHref(cluster.name)}?sort=-rate`} className="link">
          All topics
        </Link>
      </div>
      <BusiestTable label="Busiest topics" topics={busiest} hrefOf={(name) => topicHref(cluster.name, name)} />
    </section>
  );
}
