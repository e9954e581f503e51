import { openApiResponse } from "#server/http/openapi-response.ts";

export const dynamic = "force-dynamic";

export const GET = openApiResponse;
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
