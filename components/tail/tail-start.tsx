"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { BusiestTable, busiestTopics } from "#components/topics/busiest-table.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { tailHref } from "#lib/hrefs.ts";
import { busiestTopicsQuery, topicsQuery } from "#lib/queries/topics.ts";
import { TopicsPicker } from "./topics-picker.tsx";

const BUSY_SHOWN = 10;
const nothingChosen = { topics: [], pattern: "", internal: false };

/** Which topics to tail: by name, by a pattern, or one of those where something happens. */
export function TailStart() {
  const cluster = useCluster();
  const router = useRouter();
  return (
    <>
      <PageHead
        title="Tail"
        aside="Messages as they arrive, of one topic or many. Reading leaves no trace: no consumer group, no commit."
      />
      <div className="grid items-start gap-x-12 gap-y-8 px-gutter pt-2 pb-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,34rem)]">
        <section aria-labelledby="choose">
          <h2 id="choose" className="mb-3">
            Topics
          </h2>
          <TopicsPicker
            chosen={nothingChosen}
            act="Start the tail"
            onApply={({ topics, pattern, internal }) =>
              router.push(
                `${tailHref(cluster.name, pattern === "" ? { topics: topics.join(",") } : { pattern })}${internal ? "&internal=true" : ""}` as ReturnType<
                  typeof tailHref
                >,
              )
            }
          />
        </section>
        <BusyTopics cluster={cluster.name} />
      </div>
    </>
  );
}

/** Where something happens just now: each a link to its tail. */
function BusyTopics({ cluster }: { cluster: string }) {
  const { data } = useQuery(busiestTopicsQuery(cluster, BUSY_SHOWN));
  const topics = useQuery(topicsQuery(cluster));
  const internal = new Set(topics.data?.topics.filter((topic) => topic.internal).map(({ name }) => name));
  const busy =
    data === undefined || topics.isPending
      ? []
      : busiestTopics(data).filter(({ name, rate }) => rate > 0 && !internal.has(name));
  if (busy.length === 0) return null;
  return (
    <section aria-labelledby="busy">
      <h2 id="busy" className="mb-1.5">
        Busy just now
      </h2>
      <BusiestTable label="Busy just now" topics={busy} hrefOf={(name) => tailHref(cluster, { topics: name })} />
    </section>
  );
}
