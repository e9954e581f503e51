import Link from "next/link";
import type { Sentence as SentenceParts } from "#lib/contracts/kafka.ts";
import { brokerHref, topicHref } from "#lib/hrefs.ts";
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
    const [href, mono] =
      "broker" in part ? [brokerHref(cluster, part.broker), ""] : [topicHref(cluster, part.topic), " mono"];
    return (
      <Link key={key} href={href} className={`link-quiet break-words${mono}`}>
        {subjectText(part)}
      </Link>
    );
  });
}
