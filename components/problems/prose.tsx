/** Plain text in which `code` stands between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, index) => {
    const key = `${index}`;
    if (index % 2 === 0) return <span key={key}>{part}</span>;
    return (
      <code key={key} className="mono break-words text-ink">
        {part}
      </code>
    );
  });
}
