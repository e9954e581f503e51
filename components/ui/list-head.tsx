interface ListHeadProps {
  title: string;
  /** How many there are, and since when or of what size; undefined until that is known. */
  figures: React.ReactNode;
  /** Buttons, at the right. */
  children: React.ReactNode;
}

/** The top of a page that is one list. */
export function ListHead({ title, figures, children }: ListHeadProps) {
  return (
    <header className="flex items-center gap-x-2 px-gutter pt-3.5 pb-1">
      <h1 className="min-w-0">
        {title}
        {figures !== undefined && (
          <small className="ml-2.5 font-regular text-13 text-ink-2 tracking-normal max-md:ml-0 max-md:block max-md:text-12">
            {figures}
          </small>
        )}
      </h1>
      <span className="flex-1" />
      {children}
    </header>
  );
}
