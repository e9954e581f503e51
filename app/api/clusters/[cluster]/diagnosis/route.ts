import { diagnoseConnection as contract } from "#lib/contracts/clusters.ts";
import { diagnoseConnection } from "#server/clusters/diagnose-connection.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, diagnoseConnection);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
