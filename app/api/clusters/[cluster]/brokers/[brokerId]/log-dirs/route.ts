import { getBrokerLogDirs as contract } from "#lib/contracts/brokers.ts";
import { getBrokerLogDirs } from "#server/brokers/get-broker-log-dirs.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getBrokerLogDirs);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
