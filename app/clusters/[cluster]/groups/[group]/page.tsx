import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GroupView } from "#components/groups/detail/group-view.tsx";
import { getGroup as contract } from "#lib/contracts/groups.ts";
import { decodeGroupId } from "#lib/group-id.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { getGroup } from "#server/groups/get-group.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/groups/[group]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group } = await params;
  return { title: decodeGroupId(decodeURIComponent(group)) || "Group" };
}

export default async function GroupPage({ params }: Props) {
  const { cluster, group: inPath } = await params;
  const group = decodeGroupId(decodeURIComponent(inPath));
  if (group === null) notFound();
  const known = await readForPage(contract, getGroup, { cluster, group });
  return (
    <WithData entries={[[groupQuery(cluster, group).queryKey, known]]}>
      <GroupView group={group} />
    </WithData>
  );
}
