const NOT_A_TOPIC = "topic:";

/**
 * Values by topic, in answers. Kafka allows topics named `__proto__` and `constructor`. A plain object reads the second from its
 * prototype, and takes the first for its prototype, as zod knows: it drops that key. So `__proto__` is written as
 * `topic:__proto__`, which can't be a topic (no colons), and only what the record itself holds is read.
 */
export function byTopicRecord<T>(entries: Iterable<readonly [topic: string, value: T]>): Record<string, T> {
  return Object.fromEntries(Array.from(entries, ([topic, value]) => [keyOf(topic), value]));
}

/** Undefined when the record doesn't name the topic. */
export function ofTopic<T>(record: Readonly<Record<string, T>>, topic: string): T | undefined {
  const key = keyOf(topic);
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** All that the record names. */
export function entriesByTopic<T>(record: Readonly<Record<string, T>>): [topic: string, value: T][] {
  return Object.entries(record).map(([key, value]) => [
    key.startsWith(NOT_A_TOPIC) ? key.slice(NOT_A_TOPIC.length) : key,
    value,
  ]);
}

function keyOf(topic: string): string {
  return topic === "__proto__" ? `${NOT_A_TOPIC}${topic}` : topic;
}
