import { listClusters as contract } from "#lib/contracts/clusters.ts";
import { listClusters } from "#server/clusters/list-clusters.ts";
import { serverRoute } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = serverRoute(contract, listClusters);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
