"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { FactStrip } from "#components/ui/fact-strip.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Offset } from "#components/ui/quantity.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { formatCount } from "#lib/format.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { type AccessExamples, accessExamples, askedOfFiles } from "./access-words.ts";
import { segmentsUrl } from "./segments-url.ts";
import { UnreadableReplicas } from "./unreadable-replicas.tsx";

/** No replica's files can be read from here: sizes as the brokers tell them, and how to get the rest. */
export function NoAccess({ list }: { list: SegmentList }) {
  const unreadable = list.replicas.flatMap(({ access }) => (access.state === "unreadable" ? [access] : []));
  const off = unreadable.some(({ reason }) => reason === "switched-off");
  // Switched off is switched off for all of them, and told once.
  const details = [...new Set(unreadable.map(({ detail }) => detail))];
  const name = `${list.topic}-${list.partition}`;
  const [url] = useQueryStates(asking);
  const asked = askedOfFiles(url);
  return (
    <>
      <div className="px-gutter pb-3">
        <Notice
          title={
            off ? (
              "Segments are not read from disks here."
            ) : (
              <>
                The files of <span className="mono">{name}</span> can't be read from here.
              </>
            )
          }
        >
          Kafka's protocol doesn't carry segments: what follows is what the brokers tell of their replicas.
          {asked !== null && ` ${asked}: that needs the files.`}
        </Notice>
      </div>
      <FactStrip
        label={`What Kafka tells of ${name}`}
        className="mb-3"
        facts={[
          { label: "Log start offset", value: <Offset value={list.logStartOffset} /> },
          { label: "High watermark", value: <Offset value={list.highWatermark} /> },
          { label: "Offsets", value: formatCount(offsetsOf(list)), aside: "from one to the other" },
        ]}
      />
      <UnreadableReplicas list={list} />
      <div className="grid gap-x-10 gap-y-5 px-gutter py-4 lg:grid-cols-2">
        <section aria-labelledby="why-unreadable" className="min-w-0">
          <h2 id="why-unreadable">Why</h2>
          <ul className="mt-1.5 grid max-w-[84ch] gap-2 text-pretty text-ink-2 [overflow-wrap:anywhere]">
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
          <h2 className="mt-5">What is seen then</h2>
          <p className="mt-1.5 max-w-[84ch] text-pretty text-ink-2">
            Each replica's segments with their sizes, offsets and times, and which retention deletes next; batch by
            batch what is in them; where an offset lies, and how Kafka finds it; a check of every checksum.
            {!off && " Files know no ACLs: whoever may view this cluster here sees them."}
          </p>
        </section>
        {!off && <Remedy list={list} />}
      </div>
    </>
  );
}

const asking = { offset: segmentsUrl.offset, at: segmentsUrl.at, panel: segmentsUrl.panel };

function offsetsOf({ logStartOffset, highWatermark }: SegmentList): string | null {
  if (logStartOffset === null || highWatermark === null) return null;
  return String(BigInt(highWatermark) - BigInt(logStartOffset));
}

const ways: readonly { readonly value: keyof AccessExamples; readonly label: string; readonly hint: string }[] = [
  { value: "file", label: "Settings file", hint: "In this cluster's entry of the file that TAILRACE_CONFIG names." },
  {
    value: "environment",
    label: "Environment",
    hint: "Where the cluster comes from KAFKA_BROKERS. Several log dirs of one broker are several entries.",
  },
  {
    value: "docker",
    label: "Docker",
    hint: "Options of docker run. On the left stands where the broker's log dir lies on the machine of the container; the user in it must be able to read it.",
  },
  {
    value: "kubernetes",
    label: "Kubernetes",
    hint: "For the pod's volumes of these names. A volume that is ReadWriteOnce can be mounted by a pod on the broker's own node; a snapshot of it shows what was there when it was taken.",
  },
];

/** The setting that lets Tailrace read the files, for this very cluster. */
function Remedy({ list }: { list: SegmentList }) {
  const { name } = useCluster();
  const brokers = useQuery(brokersQuery(name));
  const [way, setWay] = useState<keyof AccessExamples>("file");
  const examples = accessExamples(
    name,
    brokers.data?.brokers.map(({ id }) => id) ?? [],
    list.replicas.map(({ brokerId }) => brokerId),
  );
  return (
    <section aria-labelledby="let-them-be-read" className="min-w-0">
      <h2 id="let-them-be-read">Let them be read</h2>
      <p className="mt-1.5 max-w-[84ch] text-pretty text-ink-2">
        Mount each broker's log dir (<span className="mono">log.dirs</span>) read-only on the machine that Tailrace runs
        on, name it here, and start Tailrace again. One broker is enough to begin with: its replicas are shown, the
        others as sizes. On a broker's own machine nothing needs to be set, only the right to read.
      </p>
      <SegmentedControl
        aria-label="Where it is set"
        className="mt-3 max-w-full flex-wrap"
        value={way}
        onValueChange={setWay}
        options={ways}
      />
      <CopyCommand command={examples[way]} label="the setting" className="mt-2" />
      <p className="mt-1.5 text-pretty text-12 text-ink-2">{ways.find(({ value }) => value === way)?.hint}</p>
    </section>
  );
}
