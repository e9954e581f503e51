import type { Route } from "next";
import Link from "next/link";
import type { z } from "zod";
import type { Sentence as SentenceParts, subject } from "#lib/contracts/kafka.ts";
import { brokerHref, groupHref, messageHref, topicHref } from "#lib/hrefs.ts";
import { subjectText } from "#lib/sentence.ts";

interface SentenceProps {
  parts: SentenceParts;
  /** Left out where the sentence is itself a link: nothing in it is one then. */
  cluster?: string;
}

/** A sentence whose topics, groups and brokers are linked, its names in mono. */
export function Sentence({ parts, cluster }: SentenceProps) {
  return parts.map((part, index) => {
    const key = `${index}`;
    if (typeof part === "string") return <span key={key}>{part}</span>;
    const mono = "broker" in part ? "" : " mono";
    if ("config" in part || cluster === undefined) {
      return (
        <span key={key} className={mono}>
          {subjectText(part)}
        </span>
      );
    }
    return (
      <Link key={key} href={hrefOf(part, cluster)} className={`link-quiet break-words${mono}`}>
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
