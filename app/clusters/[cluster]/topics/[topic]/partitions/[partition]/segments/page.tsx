import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SegmentsView } from "#components/segments/segments-view.tsx";
import { listSegments as contract } from "#lib/contracts/segments.ts";
import { segmentsQuery } from "#lib/queries/segments.ts";
import { readForPage } from "#server/http/page-data.ts";
import { listSegments } from "#server/segments/services/list-segments.ts";
import { WithData } from "../../../../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]/partitions/[partition]/segments">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, partition } = await params;
  return { title: `Segments of ${decodeURIComponent(topic)}-${partition}` };
}

/** What no partition's address can be is no page. */
export default async function SegmentsPage({ params }: Props) {
  const { topic, ...rest } = await params;
  const parsed = contract.params.safeParse({ ...rest, topic: decodeURIComponent(topic) });
  if (!parsed.success) notFound();
  const { cluster, ...place } = parsed.data;
  const list = await readForPage(contract, listSegments, parsed.data);
  return (
    <WithData entries={[[segmentsQuery(cluster, place).queryKey, list]]}>
      <SegmentsView {...place} />
    </WithData>
  );
}
