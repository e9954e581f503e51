import { z } from "zod";
import { startLeavingPage } from "#lib/leaving-page.ts";

/** Runs before any schema is made: without it zod compiles its parsers with `new Function`, which the CSP forbids. */
z.config({ jitless: true });

/** The router calls it when a navigation starts. */
export const onRouterTransitionStart = startLeavingPage;
