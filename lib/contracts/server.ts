import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";

export const getHealth = defineEndpoint({
  name: "getHealth",
  method: "GET",
  path: "/api/health",
  summary: "Is this server alive, and ready for requests? Asks no Kafka",
  permission: "view",
  params: z.strictObject({}),
  response: z.object({
    /** False while it shuts down: send no new requests. */
    ready: z.boolean(),
    version: z.string(),
    uptimeSeconds: z.number(),
    clusters: z.int(),
    /** Being answered, besides this one. */
    openRequests: z.int(),
  }),
});
