"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useQueryState } from "nuqs";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { segmentsHref } from "#lib/hrefs.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { topicQuery } from "#lib/queries/topics.ts";
import { segmentsUrl } from "./segments-url.ts";

/** A longer list is walked through, or reached by the topic's page. */
const MAX_LISTED = 200;

/** To the topic's other partitions, on the same scale. Nothing when there is no other. */
export function PartitionSwitch({ topic, partition }: PartitionPlace) {
  const cluster = useCluster();
  const router = useRouter();
  const [scale] = useQueryState("scale", segmentsUrl.scale);
  const { data } = useQuery(topicQuery(cluster.name, topic));
  const count = data?.partitions.length ?? 0;
  if (count < 2) return null;
  const hrefOf = (other: number) =>
    segmentsHref(cluster.name, topic, other, scale === segmentsUrl.scale.defaultValue ? {} : { scale });
  return (
    <nav aria-label="Partitions" className="flex items-center gap-1">
      {partition > 0 && (
        <LinkButton href={hrefOf(partition - 1)} aria-label={`Partition ${partition - 1}`} className="px-1.5">
          <ChevronLeft aria-hidden strokeWidth={1.6} />
        </LinkButton>
      )}
      {count <= MAX_LISTED && (
        <Select
          aria-label="Partition"
          prefix="Partition"
          value={String(partition)}
          options={Array.from({ length: count }, (_, index) => ({ value: String(index), label: String(index) }))}
          onValueChange={(value) => router.push(hrefOf(Number(value)))}
        />
      )}
      {partition < count - 1 && (
        <LinkButton href={hrefOf(partition + 1)} aria-label={`Partition ${partition + 1}`} className="px-1.5">
          <ChevronRight aria-hidden strokeWidth={1.6} />
        </LinkButton>
      )}
    </nav>
  );
}
