import { resumeTail as resumeContract, tailMessages as tailContract } from "#lib/contracts/tail.ts";
import { streamRoute } from "#server/http/stream-route.ts";
import { resumeTail, tailMessages } from "#server/messages/tail-messages.ts";

export const dynamic = "force-dynamic";

export const GET = streamRoute(tailContract, tailMessages);
export const POST = streamRoute(resumeContract, resumeTail);
export { DELETE, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
