"use client";
import Link from "next/link";
import { useZone } from "#components/preferences/preferences.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Fact, FactStrip } from "#components/ui/fact-strip.tsx";
import { Duration } from "#components/ui/quantity.tsx";
import type { ChangeDetail } from "#lib/contracts/changes.ts";
import { brokerHref, changesHref, groupHref, topicHref } from "#lib/hrefs.ts";
import { formatDateTime } from "#lib/time.ts";

/** Who, when, from where, to what; ids as they stand in the server's log. */
export function ChangeFacts({ cluster, change }: { cluster: string; change: ChangeDetail }) {
  const zone = useZone();
  const { atMs, endedAtMs, actor, instance, requestId, targetText, id } = change;
  const facts: Fact[] = [
    { label: "When", value: formatDateTime(atMs, zone), aside: zone, small: true },
    ...(endedAtMs === null
      ? []
      : [{ label: "Took", value: <Duration ms={Math.max(0, endedAtMs - atMs)} />, small: true }]),
    { label: "Who", value: actor, small: true },
    ...targetFacts(cluster, change.target),
    ...(targetText === "" ? [] : [{ label: "In the words of the request", value: targetText, small: true }]),
    { label: "Server", value: <span className="mono break-all">{instance}</span>, small: true },
    { label: "Request", value: <Id text={requestId} label="Copy the request's id" />, small: true },
    { label: "Change", value: <Id text={id} label="Copy the change's id" />, small: true },
  ];
  return <FactStrip label="Facts of the change" facts={facts} />;
}

function targetFacts(cluster: string, { topic, group, partition, broker }: ChangeDetail["target"]): Fact[] {
  const facts: Fact[] = [];
  if (group !== null) {
    facts.push({
      label: "Group",
      value: <Subject href={groupHref(cluster, group)} text={group} />,
      aside: (
        <Link href={changesHref(cluster, { group })} className="link text-12">
          its changes
        </Link>
      ),
      small: true,
    });
  }
  if (topic !== null) {
    facts.push({
      label: partition === null ? "Topic" : "Partition",
      value: <Subject href={topicHref(cluster, topic)} text={partition === null ? topic : `${topic}-${partition}`} />,
      aside: (
        <Link href={changesHref(cluster, { topic })} className="link text-12">
          its changes
        </Link>
      ),
      small: true,
    });
  }
  if (broker !== null) {
    facts.push({
      label: "Broker",
      value: (
        <Link href={brokerHref(cluster, broker)} className="link-quiet">
          {broker}
        </Link>
      ),
      small: true,
    });
  }
  return facts;
}

function Subject({ href, text }: { href: ReturnType<typeof groupHref>; text: string }) {
  return (
    <Link href={href} className="link-quiet mono break-all">
      {text === "" ? "(empty id)" : text}
    </Link>
  );
}

function Id({ text, label }: { text: string; label: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="mono min-w-0 max-w-44 truncate">{text}</span>
      <CopyButton text={text} label={label} />
    </span>
  );
}
