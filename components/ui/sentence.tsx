import type { Route } from "next";
import Link from "next/link";
import type { z } from "zod";
import type { Sentence as SentenceParts, subject } from "#lib/contracts/kafka.ts";
import { brokerHref, groupHref, messageHref, topicHref } from "#lib/hrefs.ts";
import { subjectText } from "#lib/sentence.ts";

/** A sentence of the server's, its topics and brokers linked, its config keys in mono. */
export function Sentence({ parts, cluster }: { parts: SentenceParts; cluster: string }) {
  return parts.map((part, index) => {
    const key = `${index}`;
    if (typeof part === "string") return <span key={key}>{part}</span>;
    if ("config" in part) {
      return (
        <span key={key} className="mono">
          {part.config}
        </span>
      );
    }
    return (
      <Link
        key={key}
        href={hrefOf(part, cluster)}
        className={`link-quiet break-words${"broker" in part ? "" : " mono"}`}
      >
        {subjectText(part)}
      </Link>
    );
  });
}

function hrefOf(part: Exclude<z.output<typeof subject>, { config: string }>, cluster: string): Route {
  if ("broker" in part) return brokerHref(cluster, part.broker);
  if ("group" in part) return groupHref(cluster, part.group);
  if (part.partition === undefined || part.offset === undefined) return topicHref(cluster, part.topic);
  return messageHref(cluster, part.topic, part.partition, part.offset);
}
