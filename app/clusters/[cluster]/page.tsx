import { OverviewPage } from "#components/clusters/overview/overview-page.tsx";
import { getOverview as contract } from "#lib/contracts/clusters.ts";
import { overviewQuery } from "#lib/queries/clusters.ts";
import { getOverview } from "#server/clusters/get-overview.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../with-data.tsx";

export default async function ClusterPage({ params }: PageProps<"/clusters/[cluster]">) {
  const { cluster } = await params;
  const overview = await readForPage(contract, getOverview, { cluster });
  return (
    <WithData entries={[[overviewQuery(cluster).queryKey, overview]]}>
      <OverviewPage />
    </WithData>
  );
}
