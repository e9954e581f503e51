import { askAnyBroker, defineRequest } from "./broker-request.ts";
import type { ClusterConnections } from "./connections.ts";

/** The levels of finalized features, such as `metadata.version` → 29; empty when the cluster has none (ZooKeeper). */
export type FinalizedFeatures = ReadonlyMap<string, number>;

const FINALIZED_FEATURES_TAG = 2;

const apiVersionsRequest = defineRequest<null, FinalizedFeatures>({
  key: 18,
  versions: [3],
  since: "Kafka 2.4",
  flexibleAnswerHeader: false,
  write: (writer) => {
    writer.string("tailrace").string("1");
  },
  read: (reader) => {
    const features = new Map<string, number>();
    if (reader.int16() !== 0) return features;
    reader.structs((r) => {
      r.int16();
      r.int16();
      r.int16();
    });
    reader.int32();
    reader.tags((tag, field) => {
      if (tag !== FINALIZED_FEATURES_TAG) return;
      field.structs((r) => {
        const name = r.string();
        features.set(name, r.int16());
        r.int16();
      });
    });
    return features;
  },
});

/**
 * The features the whole cluster has agreed on (ApiVersions, KIP-584). Needs no right.
 * @throws {ProblemError} cluster-unreachable, deadline-exceeded, cancelled
 */
export function readFeatures(kafka: ClusterConnections, signal: AbortSignal): Promise<FinalizedFeatures> {
  return askAnyBroker(kafka, apiVersionsRequest, null, { what: "the Kafka version" }, signal);
}
