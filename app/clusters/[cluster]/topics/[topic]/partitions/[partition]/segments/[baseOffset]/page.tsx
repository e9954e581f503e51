import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SegmentView } from "#components/segments/segment/segment-view.tsx";
import { listBatches as contract } from "#lib/contracts/segments.ts";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]/partitions/[partition]/segments/[baseOffset]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, partition, baseOffset } = await params;
  return { title: `Segment ${baseOffset} of ${decodeURIComponent(topic)}-${partition}` };
}

/** What no segment's address can be is no page. */
export default async function SegmentPage({ params }: Props) {
  const { topic, ...rest } = await params;
  const parsed = contract.params.safeParse({ ...rest, topic: decodeURIComponent(topic) });
  if (!parsed.success) notFound();
  const { cluster: _, ...place } = parsed.data;
  return <SegmentView {...place} />;
}
