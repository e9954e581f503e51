import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";
import type { MissingPart } from "#lib/contracts/kafka.ts";
import { plural } from "#lib/format.ts";
import { segmentsHref } from "#lib/hrefs.ts";
import type { Storage } from "./storage-model.ts";

interface AccessNoteProps {
  cluster: string;
  topic: string;
  /** Brokers and replicas whose files aren't read here. */
  unread: readonly MissingPart[];
  storage: Storage;
}

/** What only the files tell, and this server doesn't read: said once, with the way to it. */
export function AccessNote({ cluster, topic, unread, storage }: AccessNoteProps) {
  const [first] = unread;
  if (first === undefined) return null;
  const without = storage.replicas.filter(({ segments }) => segments === null);
  const none = without.length === storage.replicas.length;
  const sized = without.filter(({ sizeBytes }) => sizeBytes !== null);
  const partition = without[0]?.partition ?? 0;
  const title = none
    ? "Sizes only: segments, ages and what goes next stand in the brokers' files, which this server doesn't read."
    : sized.length === 0
      ? `The files of ${plural(without.length, "replica")} aren't read here, and their brokers don't tell their sizes.`
      : `Of ${plural(sized.length, "replica")} there are sizes only: their files aren't read here.`;
  return (
    <Notice
      title={title}
      className="mx-gutter mb-3"
      action={
        <Link href={segmentsHref(cluster, topic, partition)} className="link whitespace-nowrap max-md:col-start-2">
          How to give access
        </Link>
      }
    >
      {first.detail}
    </Notice>
  );
}
