/** A broker as far as placing replicas goes. A fenced or stopped one that is still registered counts as not up. */
export interface PlaceableBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly up: boolean;
}

/**
 * One way Kafka could place a new topic: by partition, its brokers, the leader first. Kafka starts at a random broker and
 * shuffles between rounds, so the real placement is another one with the same properties: racks in turn, then brokers
 * in turn within a rack; leaders only on brokers that are up; others get a replica only where a rack has no more of those.
 * Null when there are fewer brokers than replicas, or none is up.
 * @see KIP-631, the controller's striped placement
 */
export function possiblePlacement(
  brokers: readonly PlaceableBroker[],
  partitions: number,
  replicationFactor: number,
): number[][] | null {
  const upCount = brokers.filter(({ up }) => up).length;
  if (upCount === 0 || replicationFactor < 1 || replicationFactor > brokers.length) return null;
  const racks = racksOf(brokers);
  return Array.from({ length: partitions }, (_, partition) => {
    // Racks and brokers turn together; one step more a round keeps them from always meeting the same way.
    const turn = partition + Math.floor(partition / upCount);
    const queues = rotated(racks, partition).map(({ up, down }) => [...rotated(up, turn), ...rotated(down, turn)]);
    return takeInTurn(queues, replicationFactor, (id) => racks.some(({ up }) => up.includes(id)));
  });
}

interface Rack {
  readonly up: readonly number[];
  readonly down: readonly number[];
}

function racksOf(brokers: readonly PlaceableBroker[]): Rack[] {
  const racks = Map.groupBy(
    [...brokers].sort((a, b) => a.id - b.id),
    ({ rack }) => rack,
  );
  return [...racks.values()].map((members) => ({
    up: members.filter(({ up }) => up).map(({ id }) => id),
    down: members.filter(({ up }) => !up).map(({ id }) => id),
  }));
}

function takeInTurn(queues: number[][], count: number, mayLead: (id: number) => boolean): number[] {
  const lead = queues.findIndex(([first]) => first !== undefined && mayLead(first));
  const order = rotated(queues, Math.max(lead, 0));
  const taken: number[] = [];
  for (let round = 0; taken.length < count; round++) {
    for (const queue of order) {
      const id = queue[round];
      if (id !== undefined && taken.length < count) taken.push(id);
    }
  }
  return taken;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  if (items.length === 0) return [];
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
