import { expect, test } from "vitest";
import { configDocsUrl } from "./kafka-docs.ts";

test("links to the page of the cluster's version", () => {
  expect(configDocsUrl("topic", "retention.ms", "4.3")).toBe(
    "https://kafka.apache.org/43/configuration/topic-configs/#topicconfigs_retention.ms",
  );
  expect(configDocsUrl("broker", "log.dirs", "4.1-IV0")).toBe(
    "https://kafka.apache.org/41/configuration/broker-configs/#brokerconfigs_log.dirs",
  );
});

test("an older or unknown version goes through the general address", () => {
  for (const version of [null, "3.9", "?"]) {
    expect(configDocsUrl("topic", "cleanup.policy", version)).toBe(
      "https://kafka.apache.org/documentation/#topicconfigs_cleanup.policy",
    );
  }
});

test("a key can't leave the fragment", () => {
  expect(configDocsUrl("topic", "a b/<x>", null)).toContain("#topicconfigs_a%20b%2F%3Cx%3E");
});
