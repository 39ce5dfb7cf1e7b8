/** `1 license`, `2 licenses`; for words whose plural takes an s. */
export function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}
