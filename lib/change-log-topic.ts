/** More replicas than this make no change safer. */
const MAX_REPLICAS = 3;

/** What the topic of the change log is made as: as many replicas as there are brokers, at most three; kept for ever. */
export function changeLogTopic(brokers: number) {
  const replicationFactor = Math.max(1, Math.min(MAX_REPLICAS, brokers));
  return {
    partitions: 1,
    replicationFactor,
    configs: {
      "cleanup.policy": "delete",
      "retention.ms": "-1",
      "retention.bytes": "-1",
      "min.insync.replicas": replicationFactor === MAX_REPLICAS ? "2" : "1",
      "unclean.leader.election.enable": "false",
      // One clock for all servers; and one that is wrong by hours doesn't keep a server from recording.
      "message.timestamp.type": "LogAppendTime",
      "max.message.bytes": "1048588",
    },
  };
}
