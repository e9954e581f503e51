"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { formatCount } from "#lib/format.ts";
import { formatTime } from "#lib/time.ts";
import type { LagSeries } from "./lag-chart.ts";

interface LagHistoryTableProps {
  label: string;
  series: readonly LagSeries[];
  atMs: readonly number[];
}

/** The chart in numbers, newest first. */
export function LagHistoryTable({ label, series, atMs }: LagHistoryTableProps) {
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section aria-label={`${label}, as a table`} tabIndex={0} className="relative max-h-80 overflow-auto">
      <Table label={label}>
        <thead>
          <tr>
            <Th className="sticky top-0 z-10">Time, {zone}</Th>
            {series.map(({ key, topic }) => (
              <Th key={key} right className="sticky top-0 z-10">
                <span className={topic === null ? undefined : "mono"}>{topic === null ? "Lag" : key}</span>
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {atMs
            .map((at, index) => (
              <tr key={at}>
                <Td className="h-6">{formatTime(at, zone)}</Td>
                {series.map(({ key, values }) => (
                  <Td key={key} right className="h-6">
                    {values[index] == null ? <Unknown why="not read then" /> : formatCount(values[index])}
                  </Td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </Table>
    </section>
  );
}
