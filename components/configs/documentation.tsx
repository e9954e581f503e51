import { type DocumentationBlock, parseBrokerDocumentation } from "#lib/broker-documentation.ts";

/** A broker's own words about a config, as text: its tags never become markup. */
export function Documentation({ html }: { html: string }) {
  return (
    <div className="max-w-[78ch] text-pretty text-ink-2">
      {parseBrokerDocumentation(html).map((block, index) => {
        const key = `${index}`;
        return block.kind === "item" ? (
          <div key={key} className="mt-0.5 grid grid-cols-[12px_minmax(0,1fr)]">
            <span aria-hidden>·</span>
            <p>
              <Spans block={block} />
            </p>
          </div>
        ) : (
          <p key={key} className="mt-1 first:mt-0">
            <Spans block={block} />
          </p>
        );
      })}
    </div>
  );
}

function Spans({ block }: { block: DocumentationBlock }) {
  return block.spans.map(({ text, style }, index) => {
    const key = `${index}`;
    if (style === "code") {
      return (
        <code key={key} className="mono [overflow-wrap:anywhere] text-ink">
          {text}
        </code>
      );
    }
    return style === "strong" ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>;
  });
}
