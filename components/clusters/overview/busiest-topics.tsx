"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { entriesByTopic } from "#lib/contracts/by-topic.ts";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listTopicRates } from "#lib/contracts/topics.ts";
import { formatRate } from "#lib/format.ts";
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
      <Table label="Busiest topics" className="table-fixed">
        <colgroup>
          <col />
          <col className="w-[124px] max-sm:hidden" />
          <col className="w-20" />
        </colgroup>
        <thead>
          <tr>
            <Th>Topic</Th>
            <Th className="max-sm:hidden">Last minutes</Th>
            <Th right>In/s</Th>
          </tr>
        </thead>
        <tbody>
          {busiest.map(({ name, rates, rate }) => (
            <Tr key={name}>
              <Td className="truncate">
                <Link href={topicHref(cluster.name, name)} className="mono hover:text-accent">
                  {name}
                </Link>
              </Td>
              <Td className="max-sm:hidden">
                <Sparkline values={rates} />
              </Td>
              <Td right>{formatRate(rate)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** By the newest step that has a reading, as the server chose them. */
function busiestTopics({ rates }: EndpointOutput<typeof listTopicRates>) {
  return entriesByTopic(rates)
    .map(([name, series]) => ({ name, rates: series, rate: series.findLast((one) => one !== null) ?? 0 }))
    .toSorted((a, b) => b.rate - a.rate);
}
