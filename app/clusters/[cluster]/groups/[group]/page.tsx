import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GroupView } from "#components/groups/detail/group-view.tsx";
import { decodeGroupId } from "#lib/group-id.ts";

type Props = PageProps<"/clusters/[cluster]/groups/[group]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await params;
  return { title: decodeGroupId(decodeURIComponent(group)) || "Group" };
}

export default async function GroupPage({ params }: Props) {
  const { group: inPath } = await params;
  const group = decodeGroupId(decodeURIComponent(inPath));
  if (group === null) notFound();
  return <GroupView group={group} />;
}
