"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "#components/ui/button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { formatCount } from "#lib/format.ts";
import { overviewQuery } from "#lib/queries/clusters.ts";
import { ConfigTable } from "./config-table.tsx";
import { isChanged } from "./config-words.ts";
import { configsUrl } from "./configs-url.ts";
import { filterConfigs } from "./filter-configs.ts";

interface ConfigViewProps {
  cluster: string;
  /** "orders", "broker 2": what the configs are of. */
  of: string;
  kind: "topic" | "broker";
  query: UseQueryResult<{ configs: ConfigEntry[] }>;
  defaults?: ReadonlyMap<string, string | null> | undefined;
}

/** The configs of a topic or a broker, found by key, value or documentation. */
export function ConfigView({ cluster, of, kind, query, defaults }: ConfigViewProps) {
  const [{ q, changed }, setUrl] = useQueryStates(configsUrl);
  const version = useQuery({ ...overviewQuery(cluster), refetchInterval: false, select: (it) => it.kafkaVersion });
  const failed = (
    <ProblemNotice
      error={query.error}
      title={`The configs of ${of} could not be read.`}
      onRetry={() => query.refetch()}
      retrying={query.isFetching}
      className="mx-gutter my-3"
    />
  );
  if (!query.data)
    return query.isPending ? (
      <SkeletonLines label={`Reading the configs of ${of}`} lines={8} className="px-gutter" />
    ) : (
      failed
    );
  const { configs } = query.data;
  const shown = filterConfigs(configs, { q, changed });
  const changedCount = configs.filter(isChanged).length;
  return (
    <>
      {failed}
      <search className="flex flex-wrap items-center gap-x-4 gap-y-1 px-gutter py-2">
        <TextField
          aria-label="Search the configs"
          type="search"
          placeholder="Key, value or what it does"
          value={q}
          onChange={(event) => setUrl({ q: event.target.value })}
          before={<Search aria-hidden className="size-3.5 text-ink-2" strokeWidth={1.6} />}
          frameClassName="w-72 max-sm:w-full"
        />
        <Switch
          checked={changed}
          onCheckedChange={(on) => setUrl({ changed: on })}
          label="Only changed"
          aside={formatCount(changedCount)}
        />
        <span className="ml-auto text-ink-2" aria-live="polite">
          {shown.length === configs.length
            ? `${formatCount(configs.length)} configs`
            : `${formatCount(shown.length)} of ${formatCount(configs.length)} configs`}
        </span>
      </search>
      {shown.length > 0 ? (
        <ConfigTable
          label={`Configs of ${of}`}
          kind={kind}
          configs={shown}
          kafkaVersion={version.data ?? null}
          defaults={defaults}
        />
      ) : (
        <PageMessage
          level={2}
          title={q === "" ? `Every config of ${of} is at Kafka's default.` : `No config matches “${q}”.`}
          className="border-line-strong border-t pt-6"
          actions={
            <Button onClick={() => setUrl({ q: null, changed: null })}>Show all {formatCount(configs.length)}</Button>
          }
        />
      )}
    </>
  );
}
