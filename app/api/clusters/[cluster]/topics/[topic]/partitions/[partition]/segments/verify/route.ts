import { verifySegments as contract } from "#lib/contracts/verifications.ts";
import { streamRoute } from "#server/http/stream-route.ts";
import { verifySegments } from "#server/segments/services/verify-segments.ts";

export const dynamic = "force-dynamic";

export const GET = streamRoute(contract, verifySegments);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
