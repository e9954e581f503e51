import { locateOffset as contract } from "#lib/contracts/segment-look-ups.ts";
import { route } from "#server/http/route.ts";
import { locateOffset } from "#server/segments/services/locate-offset.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, locateOffset);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
