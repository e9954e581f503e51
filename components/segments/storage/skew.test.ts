import { expect, test } from "vitest";
import { barsOf } from "./partition-bars.ts";
import { brokerSkew, brokerSkewSentence, partitionSkew, partitionSkewSentence, times } from "./skew.ts";
import { MIB, storageWith, stored } from "./storage.fixture.ts";
import { storageOf } from "./storage-model.ts";

const onBrokers = (...partitions: Parameters<typeof storageWith>) => {
  const { replicas } = storageWith(...partitions);
  const skew = brokerSkew(replicas);
  return { skew, sentence: brokerSkewSentence(skew, replicas) };
};
const ofPartitions = (...mib: (number | null)[]) => {
  const skew = partitionSkew(storageWith(...mib.map((size) => ({ mib: size, on: [1] }))).partitions);
  return { skew, sentence: partitionSkewSentence(skew).replaceAll("\u00a0", " ") };
};

test("bytes of a broker against the even share, fullest first", () => {
  const { skew } = onBrokers({ mib: 30, on: [2] }, { mib: 10, on: [1] }, { mib: 20, on: [3] });
  expect(skew.evenBytes).toBe(BigInt(20 * MIB));
  expect(skew.brokers.map(({ brokerId, ofEvenPercent }) => [brokerId, ofEvenPercent])).toEqual([
    [2, 150n],
    [3, 100n],
    [1, 50n],
  ]);
});

test("a broker that is fuller than its share is named, and why", () => {
  const sentenceOf = (...partitions: Parameters<typeof storageWith>) =>
    onBrokers(...partitions).sentence.replaceAll("\u00a0", " ");
  expect(sentenceOf({ mib: 10, on: [2] }, { mib: 10, on: [2] }, { mib: 10, on: [2] }, { mib: 10, on: [1] })).toBe(
    "Broker 2 holds 1.5 × its even share: 3 of 4 replicas lie there.",
  );
  expect(sentenceOf({ mib: 90, on: [2] }, { mib: 10, on: [1] })).toBe(
    "Broker 2 holds 1.8 × its even share: partition 0 is 100% of what lies there.",
  );
  expect(sentenceOf({ mib: 11, on: [1, 2] }, { mib: 10, on: [2, 3] }, { mib: 10, on: [3, 1] })).toBe(
    "Spread evenly over 3 brokers: each holds 0.96 × to 1.01 × the even share.",
  );
  expect(sentenceOf({ mib: 12, on: [1] }, { mib: 12, on: [3] }, { mib: 5, on: [2] })).toBe(
    "Broker 2 holds only 0.51 × its even share: 1 of 3 replicas lie there.",
  );
  expect(sentenceOf({ mib: 12, on: [1, 2, 3] })).toBe("Spread evenly over 3 brokers: each holds 1.0 × the even share.");
  expect(sentenceOf({ mib: 11, on: [1] })).toBe("Broker 1 holds all of it.");
  expect(sentenceOf({ mib: 0, on: [1, 2] })).toBe("Nothing is stored yet.");
});

test("a broker that doesn't tell takes no part in the share, and it is said", () => {
  const { replicas } = storageOf({
    replicas: [stored(0, 1, 10, { leader: true }), stored(0, 2, null), stored(0, 3, 10)],
  });
  const skew = brokerSkew(replicas);
  expect(skew.brokers.map(({ brokerId, held, ofEvenPercent }) => [brokerId, held.bytes, ofEvenPercent])).toEqual([
    [1, BigInt(10 * MIB), 100n],
    [3, BigInt(10 * MIB), 100n],
    [2, null, null],
  ]);
  expect(brokerSkewSentence(skew, replicas).replaceAll("\u00a0", " ")).toBe(
    "Spread evenly over 2 of 3 brokers: each holds 1.0 × the even share. What broker 2 holds isn't known.",
  );
  const one = storageOf({ replicas: [stored(0, 1, 10, { leader: true }), stored(0, 2, null), stored(0, 3, null)] });
  expect(brokerSkewSentence(brokerSkew(one.replicas), one.replicas)).toBe(
    "Broker 1 holds all that is known. What brokers 2, 3 hold isn't known.",
  );
  const partly = storageOf({
    replicas: [
      stored(0, 1, 20, { leader: true }),
      stored(1, 2, 8, { leader: true }),
      stored(2, 2, null, { leader: true }),
    ],
  });
  expect(brokerSkewSentence(brokerSkew(partly.replicas), partly.replicas)).toMatch(
    / What broker 2 holds isn't wholly known\.$/,
  );
});

test("a hot partition is named; one is hot from twice the median on", () => {
  const { skew, sentence } = ofPartitions(10, 60, 10, 19);
  expect([...skew.hot]).toEqual([1]);
  expect(sentence).toBe(
    "Partition 1 holds 60% of the data, 6.0 × the median and 6.0 × the smallest. A few keys may get most of what is sent.",
  );
  expect(ofPartitions(10, 19, 10).skew.hot.size).toBe(0);
  expect(ofPartitions(10, 20, 10).skew.hot.size).toBe(1);
});

test("alike is said only of those that are", () => {
  expect(ofPartitions(10, 11, 10).sentence).toBe(
    "Partitions are alike: the largest, partition 1, is 1.1 × the median and 1.1 × the smallest.",
  );
  expect(ofPartitions(10, 11, 4).sentence).toBe(
    "The largest, partition 1, is 1.1 × the median and 2.7 × the smallest.",
  );
  expect(ofPartitions(10, 8).sentence).toBe("The largest, partition 0, is 1.25 × the other.");
});

test("empty partitions, unknown sizes, one partition, nothing", () => {
  expect(ofPartitions(0, 0, 0, 8).sentence).toBe(
    "Partition 3 holds 100% of the data. A few keys may get most of what is sent. 3 of 4 partitions are empty.",
  );
  expect(ofPartitions(10, 10, null).sentence).toMatch(/The size of 1 partition isn't known\.$/);
  expect(ofPartitions(10).sentence).toBe("There is one partition.");
  expect(ofPartitions(0, 0).sentence).toBe("Nothing is stored yet.");
  expect(ofPartitions(null).sentence).toBe("No partition's size is known.");
});

test("what is small is alike or not by chance: nothing is hot below 1 MiB", () => {
  expect(ofPartitions(0.5, 0.1, 0.1).skew.hot.size).toBe(0);
});

test("times", () => {
  expect([100n, 101n, 125n, 180n, 275n, 1_240n].map((percent) => times(percent).replace("\u00a0×", ""))).toEqual([
    "1.0",
    "1.01",
    "1.25",
    "1.8",
    "2.7",
    "12",
  ]);
});

test("bars: one a partition; of very many, one for neighbours, as high as the largest of them", () => {
  expect(barsOf(ofPartitions(5, 10).skew)).toMatchObject({
    bars: [
      { first: 1, percent: 100 },
      { first: 0, percent: 50 },
    ],
    medianPercent: 50,
  });
  const many = barsOf(ofPartitions(...Array.from({ length: 1_000 }, (_, index) => index + 1)).skew);
  expect(many.bars.length).toBeLessThanOrEqual(160);
  expect(many.bars[0]).toMatchObject({ first: 999, last: 993, percent: 100 });
});
