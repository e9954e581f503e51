import { expect, test } from "vitest";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { definitions } from "./list-topic-config-definitions.ts";

const retention: ConfigEntry = {
  name: "retention.ms",
  value: "60000",
  source: "topic",
  isDefault: false,
  readOnly: false,
  sensitive: false,
  type: "long",
  documentation: "How long.",
  synonyms: [
    { name: "retention.ms", value: "60000", source: "topic" },
    { name: "log.retention.ms", value: "3600000", source: "static-broker" },
    { name: "log.retention.ms", value: null, source: "default" },
  ],
};

test("what the described topic sets for itself is not told as the default", () => {
  const [definition] = definitions([], [retention]);
  expect(definition).toMatchObject({
    value: "3600000",
    source: "static-broker",
    type: "long",
    documentation: "How long.",
  });
  expect(definition?.synonyms.map(({ source }) => source)).toEqual(["static-broker", "default"]);
});

test("the controller's own default wins over what brokers say", () => {
  const told = {
    name: "retention.ms",
    value: "7",
    source: "dynamic-default-broker",
    readOnly: false,
    sensitive: false,
  } as const;
  expect(definitions([told], [retention])[0]).toMatchObject({ value: "7", source: "dynamic-default-broker" });
});

test("a default that neither tells is unknown, and so is the type of a config that no topic showed", () => {
  const onlyOwn = { ...retention, synonyms: retention.synonyms.slice(0, 1) };
  expect(definitions([], [onlyOwn])[0]).toMatchObject({ value: null, source: "unknown", isDefault: false });
  const told = { name: "new.config", value: "1", source: "default", readOnly: false, sensitive: false } as const;
  expect(definitions([told], [])[0]).toMatchObject({
    value: "1",
    isDefault: true,
    type: "unknown",
    documentation: null,
  });
});
