import { getHealth as contract } from "#lib/contracts/server.ts";
import { getHealth } from "#server/health/get-health.ts";
import { serverRoute } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = serverRoute(contract, getHealth, { evenWhileClosing: true });
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
