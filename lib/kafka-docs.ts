const PAGES = {
  topic: { page: "topic-configs", anchor: "topicconfigs" },
  broker: { page: "broker-configs", anchor: "brokerconfigs" },
} as const;

/**
 * Where Kafka's documentation explains a config. Since 4.0 each version has a page a kind of config; older and unknown
 * versions go through the long-standing address, which leads to the newest.
 * @param kafkaVersion as the cluster tells it: "4.3", "4.3-IV0"; null when unknown
 */
export function configDocsUrl(kind: keyof typeof PAGES, key: string, kafkaVersion: string | null): string {
  const { page, anchor } = PAGES[kind];
  const fragment = `${anchor}_${encodeURIComponent(key)}`;
  const version = /^(\d+)\.(\d+)/.exec(kafkaVersion ?? "");
  if (!version || Number(version[1]) < 4) return `https://kafka.apache.org/documentation/#${fragment}`;
  return `https://kafka.apache.org/${version[1]}${version[2]}/configuration/${page}/#${fragment}`;
}
