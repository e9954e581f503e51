"use client";
import { ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Unknown } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { ConfigDetails } from "./config-details.tsx";
import { ConfigValue, EntryValue } from "./config-value.tsx";
import { isAsStandard, isChanged, kafkaDefault, sourceWords } from "./config-words.ts";

interface ConfigTableProps {
  label: string;
  kind: "topic" | "broker";
  configs: readonly ConfigEntry[];
  kafkaVersion: string | null;
  /** What applies where nothing is set, by key: a cluster's own for a topic. Left out: Kafka's. */
  defaults?: ReadonlyMap<string, string | null> | undefined;
}

/** Keys verbatim, values with what they come to, and who set them; each row opens to all the broker tells. */
export function ConfigTable({ label, kind, configs, kafkaVersion, defaults }: ConfigTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string) =>
    setOpen((current) => {
      const next = new Set(current);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <Table label={label} className="table-fixed">
      <colgroup>
        <col className="w-[46%] md:w-[34%] xl:w-[28%]" />
        <col />
        {/* Out of sight they keep their place with no width: the row of details spans all five. */}
        <col className="w-0 md:w-[150px]" />
        <col className="w-0 lg:w-[180px]" />
        <col className="w-0 lg:w-[84px]" />
      </colgroup>
      <thead>
        <tr>
          <HeadCell className="first:pl-gutter">Config</HeadCell>
          <HeadCell>Value</HeadCell>
          <HeadCell className="max-md:hidden">Set by</HeadCell>
          <HeadCell className="max-lg:hidden">{kind === "topic" ? "Cluster's default" : "Kafka's default"}</HeadCell>
          <HeadCell className="last:pr-gutter max-lg:hidden">Type</HeadCell>
        </tr>
      </thead>
      <tbody>
        {configs.map((entry) => (
          <Fragment key={entry.name}>
            <Row
              entry={entry}
              standard={defaults?.has(entry.name) ? defaults.get(entry.name) : kafkaDefault(entry)}
              open={open.has(entry.name)}
              onToggle={() => toggle(entry.name)}
            />
            {open.has(entry.name) && (
              <tr>
                <td
                  id={detailsId(entry.name)}
                  colSpan={5}
                  className="border-line border-b bg-sunken px-gutter pt-3 md:pl-[42px]"
                >
                  <ConfigDetails entry={entry} kind={kind} kafkaVersion={kafkaVersion} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function HeadCell({ className, ...props }: React.ComponentProps<typeof Th>) {
  return <Th className={cn("sticky top-(--bar) z-10 h-row-head border-y bg-sunken", className)} {...props} />;
}

interface RowProps {
  entry: ConfigEntry;
  /** Undefined: not known. */
  standard: string | null | undefined;
  open: boolean;
  onToggle: () => void;
}

function Row({ entry, standard, open, onToggle }: RowProps) {
  const changed = isChanged(entry);
  const same = isAsStandard(entry, standard);
  const edge = open ? "border-transparent bg-sunken" : "";
  return (
    <tr className="group hover:[&>td]:bg-hover">
      <Td className={cn("truncate first:pl-gutter", edge)}>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? detailsId(entry.name) : undefined}
          onClick={onToggle}
          className="flex h-6 w-full min-w-0 items-center gap-1.5 rounded-1 text-left"
        >
          <ChevronRight
            aria-hidden
            className={cn("size-3.5 shrink-0 text-ink-3 transition-transform", open && "rotate-90")}
            strokeWidth={1.6}
          />
          <span className={cn("mono min-w-0 truncate group-hover:text-accent", changed && "font-semibold")}>
            {entry.name}
          </span>
          {entry.readOnly && (
            <Tag className="ml-1 max-sm:hidden">
              <span title="Takes effect only from server.properties, when the broker starts">read-only</span>
            </Tag>
          )}
        </button>
      </Td>
      <Td className={cn("truncate max-lg:last:pr-gutter", edge)}>
        <EntryValue entry={entry} />
      </Td>
      <Td className={cn("truncate max-md:hidden", changed ? "" : "text-ink-3", edge)}>{sourceWords[entry.source]}</Td>
      <Td className={cn("truncate max-lg:hidden", edge)}>
        {same ? (
          <span className="sr-only">the same</span>
        ) : standard === undefined ? (
          <Unknown why="The broker doesn't tell" />
        ) : (
          <span className="text-ink-2">
            <ConfigValue name={entry.name} value={standard} sensitive={entry.sensitive} />
          </span>
        )}
      </Td>
      <Td className={cn("text-ink-3 last:pr-gutter max-lg:hidden", edge)}>{entry.type}</Td>
    </tr>
  );
}

function detailsId(name: string): string {
  return `config-${name}`;
}
