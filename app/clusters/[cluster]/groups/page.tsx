import type { Metadata } from "next";
import { GroupsPage } from "#components/groups/list/groups-page.tsx";

export const metadata: Metadata = { title: "Groups" };

export default function GroupsListPage() {
  return <GroupsPage />;
}
