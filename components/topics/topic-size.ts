import { ofTopic } from "#lib/contracts/by-topic.ts";
import type { EndpointOutput } from "#lib/contracts/endpoint.ts";
import type { listTopicSizes } from "#lib/contracts/topics.ts";

export interface TopicSize {
  readonly bytes: bigint;
  /** Replicas on brokers or log dirs that did not answer are not in it. */
  readonly isLowerBound: boolean;
}

type Sizes = Pick<EndpointOutput<typeof listTopicSizes>, "sizes" | "atLeast">;

/** Null when it is unknown. */
export function sizeOfTopic({ sizes, atLeast }: Sizes, topic: string): TopicSize | null {
  const whole = ofTopic(sizes, topic);
  if (whole !== undefined) return { bytes: BigInt(whole), isLowerBound: false };
  const part = ofTopic(atLeast, topic);
  return part === undefined ? null : { bytes: BigInt(part), isLowerBound: true };
}

/** Of all topics together. */
export function sizeOfAll({ sizes, atLeast }: Sizes): TopicSize {
  const parts = Object.values(atLeast);
  const bytes = [...Object.values(sizes), ...parts].reduce((sum, size) => sum + BigInt(size), 0n);
  return { bytes, isLowerBound: parts.length > 0 };
}
