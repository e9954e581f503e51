import type { Route } from "next";
import Link from "next/link";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { entriesByTopic } from "#lib/contracts/by-topic.ts";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listTopicRates } from "#lib/contracts/topics.ts";
import { formatRate } from "#lib/format.ts";

export interface BusyTopic {
  readonly name: string;
  readonly rates: readonly (number | null)[];
  /** The newest step that has a reading. */
  readonly rate: number;
}

/** By the newest step that has a reading, as the server chose them. */
export function busiestTopics({ rates }: EndpointOutput<typeof listTopicRates>): BusyTopic[] {
  return entriesByTopic(rates)
    .map(([name, series]) => ({ name, rates: series, rate: series.findLast((one) => one !== null) ?? 0 }))
    .toSorted((a, b) => b.rate - a.rate);
}

/** Topics with the rates of the last minutes, each a link. */
export function BusiestTable({
  label,
  topics,
  hrefOf,
}: {
  label: string;
  topics: readonly BusyTopic[];
  hrefOf: (name: string) => Route;
}) {
  return (
    <Table label={label} className="table-fixed">
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
        {topics.map(({ name, rates, rate }) => (
          <Tr key={name}>
            <Td className="truncate">
              <Link href={hrefOf(name)} className="mono hover:text-accent">
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
  );
}
