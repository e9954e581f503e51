import type { MissingPart } from "#lib/contracts/kafka.ts";
import { Notice } from "./notice.tsx";

/** Names what could not be read while the rest stands: never a blank page because of one broker. */
export function MissingParts({ parts, className }: { parts: readonly MissingPart[]; className?: string }) {
  const [first] = parts;
  if (first === undefined) return null;
  if (parts.length === 1) {
    return (
      <Notice tone="warn" role="status" title={`Missing here: ${first.part}.`} className={className ?? ""}>
        {first.detail}
      </Notice>
    );
  }
  return (
    <Notice tone="warn" role="status" title="Parts of this could not be read." className={className ?? ""}>
      <ul className="mt-1">
        {parts.map(({ part, detail }) => (
          <li key={`${part} ${detail}`}>
            <span className="font-medium text-ink">{part}</span>: {detail}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
