import type { Metadata } from "next";
import { TopicsPage } from "#components/topics/list/topics-page.tsx";

export const metadata: Metadata = { title: "Topics" };

export default function TopicsListPage() {
  return <TopicsPage />;
}
