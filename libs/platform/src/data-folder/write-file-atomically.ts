import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';

/** After a crash the file holds either all of the old text or all of the new. */
export function writeFileAtomically(file: string, text: string): void {
  const draft = `${file}.${process.pid}.draft`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
