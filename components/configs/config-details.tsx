import { ExternalLink } from "lucide-react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ConfigEntry } from "#lib/contracts/kafka.ts";
import { configDocsUrl } from "#lib/kafka-docs.ts";
import { ConfigValue, EntryValue } from "./config-value.tsx";
import { sourceWords } from "./config-words.ts";
import { Documentation } from "./documentation.tsx";

interface ConfigDetailsProps {
  entry: ConfigEntry;
  kind: "topic" | "broker";
  kafkaVersion: string | null;
}

/** All that the broker tells of one config: what it does, its whole value, and what would apply without it. */
export function ConfigDetails({ entry, kind, kafkaVersion }: ConfigDetailsProps) {
  return (
    <div className="grid gap-x-10 gap-y-4 pb-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div>
        {entry.documentation === null ? (
          <p className="text-ink-3">The broker sends no documentation for it (Kafka 2.6 and newer do).</p>
        ) : (
          <Documentation html={entry.documentation} />
        )}
        <a
          href={configDocsUrl(kind, entry.name, kafkaVersion)}
          target="_blank"
          rel="noreferrer"
          className="link mt-2 inline-flex items-center gap-1"
        >
          Kafka's documentation of {entry.name}
          <ExternalLink aria-hidden className="size-3" strokeWidth={1.6} />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      </div>
      <div className="min-w-0">
        {!entry.sensitive && entry.value !== null && entry.value !== "" && (
          <div className="mb-3 flex items-start gap-1">
            <EntryValue entry={entry} whole />
            <CopyButton text={entry.value} label={`Copy the value of ${entry.name}`} className="-my-0.5" />
          </div>
        )}
        <Synonyms entry={entry} />
      </div>
    </div>
  );
}

/** The chain of values, most specific first: the first applies, the next would if it were taken away. */
function Synonyms({ entry }: { entry: ConfigEntry }) {
  if (entry.synonyms.length === 0) return <p className="text-ink-3">The broker names nothing else that would apply.</p>;
  return (
    <>
      <p className="mb-1 font-medium text-12 text-ink-2">What applies, most specific first</p>
      <ol>
        {entry.synonyms.map(({ name, value, source }, index) => (
          <li
            key={`${source} ${name}`}
            className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-1.5 border-line border-t py-1"
          >
            <span className="text-ink-3">{index + 1}</span>
            <div className={index === 0 ? "" : "text-ink-2"}>
              <ConfigValue name={name} value={value} sensitive={entry.sensitive} whole />
              <p className="text-12 text-ink-3">
                <span className="mono">{name}</span> · {sourceWords[source]}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
