import { listMessages as listContract, sendMessage as sendContract } from "#lib/contracts/messages.ts";
import { route } from "#server/http/route.ts";
import { listMessages } from "#server/messages/list-messages.ts";
import { sendMessage } from "#server/messages/send-message.ts";

export const dynamic = "force-dynamic";

export const GET = route(listContract, listMessages);
export const POST = route(sendContract, sendMessage);
export { DELETE, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
