"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListMessage } from "#components/ui/list-message.tsx";
import { plural } from "#lib/format.ts";
import { newTopicHref } from "#lib/hrefs.ts";
import { isRegexFilter, type NameFilter } from "#lib/name-filter.ts";
import { healthOptions } from "./topics-filter-bar.tsx";
import type { SetTopicsUrl, TopicsUrl } from "./use-topics-url.ts";

interface NoTopicsProps {
  url: TopicsUrl;
  setUrl: SetTopicsUrl;
  nameFilter: NameFilter;
  total: number;
  hiddenInternal: number;
  /** Topics of which it isn't known whether they match. */
  undecided: number;
  configsPending: boolean;
}

/** Why the list is empty: none exist, only Kafka's own, none match, or the filter is no filter. */
export function NoTopics(props: NoTopicsProps) {
  const { url, setUrl, nameFilter, total, hiddenInternal, undecided, configsPending } = props;
  const cluster = useCluster();
  if (nameFilter.kind === "waiting") return null;
  const clear = <Button onClick={() => setUrl({ q: "", health: "any" })}>Clear filters</Button>;
  const showInternal = hiddenInternal > 0 && (
    <Button onClick={() => setUrl({ internal: true })}>Show {plural(hiddenInternal, "internal topic")}</Button>
  );
  if (nameFilter.kind === "invalid") {
    return (
      <ListMessage title={<>“{url.q.trim()}” is not a regular expression.</>} actions={clear}>
        {nameFilter.reason} The syntax is RE2’s: no look-around, no back references.
      </ListMessage>
    );
  }
  if (url.q === "" && url.health === "any") {
    return (
      <ListMessage
        title={total === 0 ? "This cluster has no topics." : "There are no topics but Kafka’s own."}
        actions={
          <>
            {!cluster.readOnly && (
              <LinkButton tone="primary" href={newTopicHref(cluster.name)}>
                Create topic
              </LinkButton>
            )}
            {showInternal}
          </>
        }
      >
        One appears here within seconds after it is created, by Tailrace or by anybody else.
      </ListMessage>
    );
  }
  if (undecided > 0) {
    return (
      <ListMessage
        title={configsPending ? "Reading the topics’ configs…" : "Which topics are under min ISR can’t be told."}
        actions={clear}
      >
        {plural(undecided, "topic")} {undecided === 1 ? "misses" : "miss"} a replica in sync; whether that is fewer than{" "}
        <span className="mono">min.insync.replicas</span> asks for{" "}
        {configsPending ? "is not known yet" : "was not read"}.
      </ListMessage>
    );
  }
  const health = healthOptions.find(({ value }) => value === url.health)?.label;
  return (
    <ListMessage
      title={
        url.q === "" ? (
          `No topic is ${health}.`
        ) : (
          <>
            No topic {isRegexFilter(url.q.trim()) ? "matches" : "contains"} “
            <span className="break-all">{url.q.trim()}</span>”{url.health !== "any" && `, and is ${health}`}.
          </>
        )
      }
      actions={
        <>
          {clear}
          {showInternal}
        </>
      }
    >
      {plural(total, "topic")}, {plural(Number(url.q !== "") + Number(url.health !== "any"), "filter")} on.
    </ListMessage>
  );
}
