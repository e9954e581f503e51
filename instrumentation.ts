/** Next evaluates this file for each runtime: what needs Node stands in a module of its own. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await import("./instrumentation-node.ts");
}
