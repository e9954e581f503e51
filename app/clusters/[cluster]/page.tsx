import { OverviewPage } from "#components/clusters/overview/overview-page.tsx";

export default function ClusterPage() {
  return <OverviewPage />;
}
