import { getBrokerConfigs as contract } from "#lib/contracts/brokers.ts";
import { getBrokerConfigs } from "#server/brokers/get-broker-configs.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getBrokerConfigs);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
