import { getOverview as contract } from "#lib/contracts/clusters.ts";
import { getOverview } from "#server/clusters/get-overview.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getOverview);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
