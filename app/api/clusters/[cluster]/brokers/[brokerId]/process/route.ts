import { setBrokerProcess as contract } from "#lib/contracts/brokers.ts";
import { setBrokerProcess } from "#server/brokers/set-broker-process.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const PUT = route(contract, setBrokerProcess);
export { DELETE, GET, OPTIONS, PATCH, POST } from "#server/http/other-requests.ts";
