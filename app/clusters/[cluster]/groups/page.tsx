import type { Metadata } from "next";
import { GroupsPage } from "#components/groups/list/groups-page.tsx";
import { listGroups as contract } from "#lib/contracts/groups.ts";
import { groupsQuery } from "#lib/queries/groups.ts";
import { listGroups } from "#server/groups/list-groups.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../../with-data.tsx";

export const metadata: Metadata = { title: "Groups" };

/** A longer list is quicker as one compact answer of the API than inside the document, where it is sent twice. */
const IN_DOCUMENT_LIMIT = 200;

export default async function GroupsListPage({ params }: PageProps<"/clusters/[cluster]/groups">) {
  const { cluster } = await params;
  const groups = await readForPage(contract, listGroups, { cluster });
  const inDocument = groups !== null && groups.groups.length <= IN_DOCUMENT_LIMIT ? groups : null;
  return (
    <WithData entries={[[groupsQuery(cluster).queryKey, inDocument]]}>
      <GroupsPage />
    </WithData>
  );
}
