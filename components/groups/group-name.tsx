/** A group's id as it is: Kafka takes any text, so spaces stay, writing directions don't leak, and an empty one has a word. */
export function GroupName({ group }: { group: string }) {
  if (group === "") return <span className="text-ink-3 italic">(empty id)</span>;
  return <bdi className="whitespace-pre">{group}</bdi>;
}
