import { BatchProblem } from "./batch-problem.ts";

/** Native libraries are loaded once; where a platform has none, only batches of that codec can't be read. */
const loaded = {
  lz4: await load(() => import("lz4-napi")),
  snappy: await load(() => import("snappy")),
};

type Loaded<Library> = { readonly library: Library } | { readonly why: string };

/** @throws {BatchProblem} unknown-codec, when it can't be loaded */
export function lz4() {
  return libraryOf("lz4", loaded.lz4);
}

/** @throws {BatchProblem} unknown-codec, when it can't be loaded */
export function snappy() {
  return libraryOf("snappy", loaded.snappy);
}

async function load<Library>(library: () => Promise<Library>): Promise<Loaded<Library>> {
  try {
    return { library: await library() };
  } catch (error) {
    return { why: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

function libraryOf<Library>(name: string, result: Loaded<Library>): Library {
  if ("library" in result) return result.library;
  throw new BatchProblem(
    "unknown-codec",
    `This batch is compressed with ${name}, whose native library could not be loaded on this machine (${result.why}). Install Tailrace's packages again, for this platform.`,
  );
}
