import type { Metadata } from "next";
import { ResetView } from "#components/groups/reset/reset-view.tsx";
import { getGroup as contract } from "#lib/contracts/groups.ts";
import { decodeGroupId } from "#lib/group-id.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { getGroup } from "#server/groups/get-group.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/groups/[group]/reset-offsets">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Reset offsets · ${groupOf((await params).group)}` };
}

export default async function ResetOffsetsPage({ params }: Props) {
  const { cluster, group: inPath } = await params;
  const group = groupOf(inPath);
  const known = await readForPage(contract, getGroup, { cluster, group });
  return (
    <WithData entries={[[groupQuery(cluster, group).queryKey, known]]}>
      <ResetView group={group} />
    </WithData>
  );
}

/** A segment that no id is encoded as is taken as it stands: there is no such group, and the view says so. */
function groupOf(inPath: string): string {
  const segment = decodeURIComponent(inPath);
  return decodeGroupId(segment) ?? segment;
}
