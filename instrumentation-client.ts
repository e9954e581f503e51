import { z } from "zod";

/** Runs before any schema is made: without it zod compiles its parsers with `new Function`, which the CSP forbids. */
z.config({ jitless: true });
