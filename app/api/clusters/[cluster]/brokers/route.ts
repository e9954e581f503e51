import { listBrokers as contract } from "#lib/contracts/brokers.ts";
import { listBrokers } from "#server/brokers/list-brokers.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listBrokers);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
