import { getMessage as contract } from "#lib/contracts/messages.ts";
import { route } from "#server/http/route.ts";
import { getMessage } from "#server/messages/get-message.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getMessage);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
