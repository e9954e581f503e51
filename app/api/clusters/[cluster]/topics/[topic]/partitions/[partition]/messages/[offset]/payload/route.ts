import { downloadMessage as contract } from "#lib/contracts/messages.ts";
import { bytesRoute } from "#server/http/bytes-route.ts";
import { downloadMessage } from "#server/messages/download-message.ts";

export const dynamic = "force-dynamic";

export const GET = bytesRoute(contract, downloadMessage);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
