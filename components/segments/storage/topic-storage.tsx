"use client";

/** What a topic takes on the brokers' disks. */
export function TopicStorage({ topic }: { topic: string }) {
  return <section>{topic}</section>;
}
