/** A place in the store's whole log. Commit and prepare are both needed to resume from it. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Negative when `a` stands before `b`, 0 when equal, positive when after. */
export function comparePositions(a: Position, b: Position): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
}

/** A position as text, for headers and columns: `<commit>/<prepare>`. */
export function formatPosition({ commit, prepare }: Position): string {
  return `${commit}/${prepare}`;
}

/** The position that `formatPosition` wrote, or null when the text is none. */
export function parsePosition(text: string): Position | null {
  const match = /^(\d{1,20})\/(\d{1,20})$/.exec(text);
  return match ? { commit: BigInt(match[1] ?? ''), prepare: BigInt(match[2] ?? '') } : null;
}
