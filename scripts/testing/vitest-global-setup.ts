import { join } from "node:path";
import { bootTestCluster } from "./boot-test-cluster.ts";
import { testRunDir } from "./run-dir.ts";
import { defaultTestClusterFile, liveTestCluster, TEST_CLUSTER_FILE_VARIABLE } from "./test-cluster.ts";

/** Uses the cluster that is named or held already (`npm run kafka:test`, `npm test`), else boots one for this run. */
export default async function setup(): Promise<() => Promise<void>> {
  const named = process.env[TEST_CLUSTER_FILE_VARIABLE];
  if (liveTestCluster(named ?? defaultTestClusterFile())) return async () => {};
  const file = named ?? join(testRunDir(), "cluster.json");
  process.env[TEST_CLUSTER_FILE_VARIABLE] = file;
  const held = await bootTestCluster(file);
  return () => held.close();
}
