import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '#platform';
import type { InstanceState } from './instance-state.js';

/** Where an instance keeps its state: a JSON file that holds all of the old or all of the new. */
export class InstanceFile {
  private readonly path: string;

  constructor(folder: string, domain: string) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${encodeURIComponent(domain)}.json`);
  }

  read(): InstanceState | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as InstanceState;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new Error(`${this.path} can not be read. Remove it to begin anew.`, { cause: error });
    }
  }

  write(state: InstanceState): void {
    writeFileAtomically(this.path, JSON.stringify(state));
  }
}
