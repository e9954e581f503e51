import { getBroker as contract } from "#lib/contracts/brokers.ts";
import { getBroker } from "#server/brokers/get-broker.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getBroker);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
