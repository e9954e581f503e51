import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SegmentView } from "#components/segments/segment/segment-view.tsx";
import { listBatches as contract } from "#lib/contracts/segment-batches.ts";
import { listSegments as listContract } from "#lib/contracts/segments.ts";
import { batchesQuery, segmentsQuery } from "#lib/queries/segments.ts";
import { readForPage } from "#server/http/page-data.ts";
import { listBatches } from "#server/segments/services/list-batches.ts";
import { listSegments } from "#server/segments/services/list-segments.ts";
import { WithData } from "../../../../../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]/partitions/[partition]/segments/[baseOffset]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, partition, baseOffset } = await params;
  return { title: `Segment ${baseOffset} of ${decodeURIComponent(topic)}-${partition}` };
}

/** What no segment's address can be is no page. The first page of batches comes with it; any other is asked for. */
export default async function SegmentPage({ params, searchParams }: Props) {
  const { topic, ...rest } = await params;
  const parsed = contract.params.safeParse({ ...rest, topic: decodeURIComponent(topic) });
  if (!parsed.success) notFound();
  const { cluster, baseOffset, ...place } = parsed.data;
  const asked = await searchParams;
  const isFirst = ["broker", "position", "from"].every((name) => asked[name] === undefined);
  const [list, page] = await Promise.all([
    readForPage(listContract, listSegments, { cluster, ...place }),
    isFirst ? readForPage(contract, listBatches, parsed.data) : null,
  ]);
  return (
    <WithData
      entries={[
        [segmentsQuery(cluster, place).queryKey, list],
        [batchesQuery(cluster, place, baseOffset, undefined, {}).queryKey, page],
      ]}
    >
      <SegmentView key={baseOffset} {...place} baseOffset={baseOffset} />
    </WithData>
  );
}
