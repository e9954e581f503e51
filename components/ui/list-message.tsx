interface ListMessageProps {
  /** Why there are no rows, as a sentence. */
  title: React.ReactNode;
  /** What to do next. */
  actions: React.ReactNode;
  children: React.ReactNode;
}

/** In place of a list's rows: none exist, or none match. */
export function ListMessage({ title, actions, children }: ListMessageProps) {
  return (
    <div className="max-w-[60ch]">
      <h2 className="text-13">{title}</h2>
      <p className="text-pretty text-ink-2">{children}</p>
      <div className="mt-3 flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}
